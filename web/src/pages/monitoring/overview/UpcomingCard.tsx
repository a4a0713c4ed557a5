import { Anchor, Card, Group, Text, Title } from '@mantine/core';
import {
  IconBellRinging,
  IconClockCheck,
  IconClockPlay,
  IconHourglassLow,
  IconRefresh,
  IconRotate2,
  type Icon,
} from '@tabler/icons-react';
import type { ReactNode } from 'react';
import { Link } from 'react-router';
import { numberFormat } from '../../../i18n/intl';
import { intlLocale } from '../../../i18n/language';
import { t } from '../../../i18n/t';
import { Time } from '../../../ui/text/Time';
import classes from './overview.module.css';
import type { Upcoming } from './queries';

type Kind = keyof Upcoming['total'];

const icons: Readonly<Record<Kind, Icon>> = {
  check: IconClockCheck,
  credit_start: IconClockPlay,
  credit_warning: IconHourglassLow,
  credit_revert: IconRotate2,
  mail_retry: IconRefresh,
  silence_end: IconBellRinging,
};
const kinds = Object.keys(icons) as Kind[];

/** What will happen automatically within a day. */
export function UpcomingCard({
  upcoming,
  height,
}: {
  readonly upcoming: Upcoming;
  readonly height: number;
}): ReactNode {
  const numbers = numberFormat(intlLocale());
  const planned = kinds.filter((kind) => kind === 'check' || upcoming.total[kind] > 0);
  return (
    <Card withBorder padding="sm" mih={height}>
      <Title order={2} size="h6" mb={6}>
        {t('overview.upcoming')}
      </Title>
      <ul className={classes['totals']}>
        {planned.map((kind) => {
          const KindIcon = icons[kind];
          return (
            <li key={kind}>
              <KindIcon size={16} aria-hidden />
              {t(`overview.upcoming.${kind}`)}
              <b>{numbers.format(upcoming.total[kind])}</b>
            </li>
          );
        })}
      </ul>
      {upcoming.next.length === 0 ? (
        <Text size="sm" c="dimmed" mt="xs">
          {t('overview.upcoming.onlyChecks')}
        </Text>
      ) : (
        <ol className={classes['events']}>
          {upcoming.next.map((event, index) => (
            <Event key={index} event={event} />
          ))}
        </ol>
      )}
    </Card>
  );
}

function Event({ event }: { readonly event: Upcoming['next'][number] }): ReactNode {
  const KindIcon = icons[event.kind];
  return (
    <li>
      <Group gap={6} wrap="nowrap" miw={0}>
        <KindIcon size={16} aria-hidden className={classes['eventIcon']} />
        <Anchor component={Link} to={hrefOf(event)} size="sm" truncate title={event.clientName}>
          {event.clientName}
        </Anchor>
      </Group>
      <Text size="xs" c="dimmed" component="div" className={classes['eventText'] ?? ''}>
        {t(`overview.event.${event.kind}`)} · <Time at={event.at} show="relative" />
      </Text>
    </li>
  );
}

function hrefOf({ kind, subjectId, clientId }: Upcoming['next'][number]): string {
  return kind === 'mail_retry' && subjectId !== null ? `/notifications/${subjectId}` : `/clients/${clientId}`;
}
