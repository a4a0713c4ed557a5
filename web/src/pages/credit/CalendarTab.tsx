import { ActionIcon, Alert, Button, Group, Skeleton, Stack, Text, Title } from '@mantine/core';
import { IconChevronLeft, IconChevronRight } from '@tabler/icons-react';
import { useSearchParams } from 'react-router';
import { serverNow } from '../../api/transport';
import { dateTimeFormat, firstWeekday } from '../../i18n/intl';
import { intlLocale } from '../../i18n/language';
import { t } from '../../i18n/t';
import { useZone } from '../../i18n/zone';
import { FailedState } from '../../ui/FailedState';
import { DayGrants } from './DayGrants';
import { dateOf, eventsOf, isMonth, monthOf, shiftMonth, weeksOf } from './month';
import { MonthTable } from './MonthTable';
import { useMonthGrants } from './use-month-grants';

interface CalendarTabProps {
  readonly onOpen: (id: string) => void;
}

/** What begins and what reverts on which day; `?month=2026-11&day=2026-11-25` opens a day under it. */
export function CalendarTab({ onOpen }: CalendarTabProps) {
  const [parameters, setParameters] = useSearchParams();
  const zone = useZone();
  const locale = intlLocale();
  const today = dateOf(serverNow(), zone);
  const asked = parameters.get('month');
  const month = isMonth(asked) ? asked : monthOf(serverNow(), zone);
  const weeks = weeksOf(month, zone, firstWeekday(locale));
  const days = weeks.flat();
  const { data, error, refetch } = useMonthGrants(days[0]?.from ?? 0, days.at(-1)?.to ?? 0);
  const shown = days.find(({ date }) => date === (parameters.get('day') ?? today)) ?? null;
  const go = (changes: Readonly<Record<string, string | null>>): void =>
    setParameters((before) => {
      const after = new URLSearchParams(before);
      for (const [name, value] of Object.entries(changes)) {
        if (value === null) after.delete(name);
        else after.set(name, value);
      }
      return after;
    });
  const title = dateTimeFormat(locale, { month: 'long', year: 'numeric', timeZone: 'UTC' }).format(
    Date.parse(`${month}-15T12:00:00Z`),
  );
  return (
    <Stack gap="md">
      <Group justify="space-between">
        <Title order={2} size="h4" aria-live="polite">
          {title}
        </Title>
        <Group gap="xs">
          <ActionIcon
            variant="default"
            size={30}
            aria-label={t('credit.monthBefore')}
            onClick={() => go({ month: shiftMonth(month, -1), day: null })}
          >
            <IconChevronLeft size={16} aria-hidden />
          </ActionIcon>
          <Button variant="default" size="xs" onClick={() => go({ month: null, day: null })}>
            {t('credit.today')}
          </Button>
          <ActionIcon
            variant="default"
            size={30}
            aria-label={t('credit.monthAfter')}
            onClick={() => go({ month: shiftMonth(month, 1), day: null })}
          >
            <IconChevronRight size={16} aria-hidden />
          </ActionIcon>
        </Group>
      </Group>
      {error && <FailedState error={error} onRetry={() => void refetch()} />}
      {!data && !error && <Skeleton h={420} />}
      {data && !data.isWhole && <Alert variant="default">{t('credit.tooMany')}</Alert>}
      {data && (
        <MonthTable
          label={title}
          weeks={weeks}
          grants={data.grants}
          pushing={data.pushing}
          today={today}
          shown={shown?.date ?? null}
          onShow={(day) => go({ day })}
        />
      )}
      {data && shown && (
        <DayGrants day={shown} events={eventsOf(data.grants, shown)} pushing={data.pushing} onOpen={onOpen} />
      )}
      <Text size="xs" c="dimmed">
        {t('credit.zone', { zone })}
      </Text>
    </Stack>
  );
}
