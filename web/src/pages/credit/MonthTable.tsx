import { Paper, UnstyledButton, VisuallyHidden } from '@mantine/core';
import { IconAlertTriangle, IconArrowBackUp, IconCoins } from '@tabler/icons-react';
import { dateTimeFormat } from '../../i18n/intl';
import { intlLocale } from '../../i18n/language';
import { t } from '../../i18n/t';
import type { Grant } from './grants-list';
import { eventsOf, type Day } from './month';
import classes from './MonthTable.module.css';

interface MonthTableProps {
  readonly label: string;
  readonly weeks: readonly (readonly Day[])[];
  readonly grants: readonly Grant[];
  readonly pushing: ReadonlySet<string>;
  readonly today: string;
  readonly shown: string | null;
  readonly onShow: (date: string) => void;
}

/** A month, a button a day. */
export function MonthTable({ label, weeks, grants, pushing, today, shown, onShow }: MonthTableProps) {
  const locale = intlLocale();
  const heads = dateTimeFormat(locale, { weekday: 'short', timeZone: 'UTC' });
  return (
    <Paper withBorder className={classes['frame']}>
      <table className={classes['month']} aria-label={label}>
        <thead>
          <tr>
            {weeks[0]?.map(({ date }) => (
              <th key={date} scope="col">
                {heads.format(Date.parse(date))}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {weeks.map((week) => (
            <tr key={week[0]?.date}>
              {week.map((day) => (
                <td key={day.date} data-other={!day.isOfMonth || undefined}>
                  <DayButton
                    day={day}
                    grants={grants}
                    pushing={pushing}
                    isToday={day.date === today}
                    isShown={day.date === shown}
                    onShow={() => onShow(day.date)}
                  />
                </td>
              ))}
            </tr>
          ))}
        </tbody>
      </table>
    </Paper>
  );
}

interface DayButtonProps extends Pick<MonthTableProps, 'grants' | 'pushing'> {
  readonly day: Day;
  readonly isToday: boolean;
  readonly isShown: boolean;
  readonly onShow: () => void;
}

function DayButton({ day, grants, pushing, isToday, isShown, onShow }: DayButtonProps) {
  const { starts, ends } = eventsOf(grants, day);
  const low = ends.filter(({ id }) => pushing.has(id)).length;
  const marks = [
    { tone: 'teal', icon: IconCoins, n: starts.length, text: t('credit.starts', { n: starts.length }) },
    { tone: 'blue', icon: IconArrowBackUp, n: ends.length, text: t('credit.reverts', { n: ends.length }) },
    { tone: 'orange', icon: IconAlertTriangle, n: low, text: t('credit.goLow', { n: low }) },
  ].filter(({ n }) => n > 0);
  const date = dateTimeFormat(intlLocale(), { dateStyle: 'full', timeZone: 'UTC' }).format(Date.parse(day.date));
  return (
    <UnstyledButton
      className={classes['day']}
      aria-current={isToday ? 'date' : undefined}
      aria-pressed={isShown}
      onClick={onShow}
    >
      <VisuallyHidden>{[date, ...marks.map(({ text }) => text)].join(', ')}</VisuallyHidden>
      <span className={classes['number']} aria-hidden>
        {day.day}
      </span>
      {marks.map(({ tone, icon: MarkIcon, n, text }) => (
        <span key={tone} className={classes['mark']} data-tone={tone} aria-hidden>
          <MarkIcon size={14} />
          <span className={classes['long']}>{text}</span>
          <span className={classes['short']}>{n}</span>
        </span>
      ))}
    </UnstyledButton>
  );
}
