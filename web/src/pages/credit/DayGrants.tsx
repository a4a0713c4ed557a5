import { Paper, Stack, Text, Title, UnstyledButton } from '@mantine/core';
import { IconAlertTriangle } from '@tabler/icons-react';
import { dateTimeFormat } from '../../i18n/intl';
import { intlLocale } from '../../i18n/language';
import { t } from '../../i18n/t';
import { Money } from '../../ui/text/Money';
import { Time } from '../../ui/text/Time';
import { ToneBadge } from '../../ui/badges/ToneBadge';
import classes from './DayGrants.module.css';
import { GrantStatus } from './GrantStatus';
import type { Grant } from './grants-list';
import { endOf, type Day, type DayEvents } from './month';

interface DayGrantsProps {
  readonly day: Day;
  readonly events: DayEvents;
  /** ids of credits whose end puts their client under a threshold */
  readonly pushing: ReadonlySet<string>;
  readonly onOpen: (id: string) => void;
}

/** What begins and what reverts on one day. */
export function DayGrants({ day, events, pushing, onOpen }: DayGrantsProps) {
  const { starts, ends } = events;
  const title = dateTimeFormat(intlLocale(), { dateStyle: 'full', timeZone: 'UTC' }).format(Date.parse(day.date));
  const rows = (grants: readonly Grant[], at: (grant: Grant) => number, isEnd: boolean) =>
    grants.map((grant) => (
      <Row
        key={grant.id}
        grant={grant}
        at={at(grant)}
        isPushing={isEnd && pushing.has(grant.id)}
        onOpen={() => onOpen(grant.id)}
      />
    ));
  return (
    <Paper component="section" withBorder p="md" aria-labelledby="credit-day">
      <Stack gap="sm">
        <Title order={3} size="h6" id="credit-day">
          {title}
        </Title>
        {starts.length + ends.length === 0 && (
          <Text size="sm" c="dimmed">
            {t('credit.emptyDay')}
          </Text>
        )}
        {starts.length > 0 && <Text size="sm">{t('credit.starts', { n: starts.length })}</Text>}
        {rows(starts, ({ validFrom }) => Date.parse(validFrom), false)}
        {ends.length > 0 && <Text size="sm">{t('credit.reverts', { n: ends.length })}</Text>}
        {rows(ends, endOf, true)}
      </Stack>
    </Paper>
  );
}

interface RowProps {
  readonly grant: Grant;
  readonly at: number;
  readonly isPushing: boolean;
  readonly onOpen: () => void;
}

function Row({ grant, at, isPushing, onOpen }: RowProps) {
  const { clientName, amount, currency } = grant;
  return (
    <UnstyledButton className={classes['row']} onClick={onOpen}>
      <span className={classes['time']}>
        <Time at={new Date(at).toISOString()} format="short" />
      </span>
      <span className={classes['name']}>{clientName}</span>
      <Money value={{ amount, currency }} />
      <GrantStatus grant={grant} />
      {isPushing && (
        <ToneBadge tone="orange" icon={IconAlertTriangle}>
          {t('credit.dropsBelow')}
        </ToneBadge>
      )}
    </UnstyledButton>
  );
}
