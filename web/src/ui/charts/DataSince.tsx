import { Text } from '@mantine/core';
import type { ReactNode } from 'react';
import { dateTimeFormat } from '../../i18n/intl';
import { intlLocale } from '../../i18n/language';
import { rich } from '../../i18n/rich';
import { dayMs } from '../durations';
import { timeText, zoneText } from '../text/time-text';

interface DataSinceProps {
  /** where the axis begins: the first data */
  readonly at: number;
  readonly now: number;
  readonly zone: string;
}

/** The remark under a chart whose axis begins later than its range, because there is nothing older. */
export function DataSince({ at, now, zone }: DataSinceProps): ReactNode {
  const locale = intlLocale();
  const isRecent = now - at < dayMs;
  const format = dateTimeFormat(locale, {
    timeZone: zone,
    month: 'short',
    day: 'numeric',
    ...(isRecent && { hour: 'numeric', minute: '2-digit' }),
    ...(now - at > 300 * dayMs && { year: 'numeric' }),
  });
  return (
    <Text size="xs" c="dimmed" mt={2}>
      {rich('ui.chart.dataSince', {
        time: (
          <time
            dateTime={new Date(at).toISOString()}
            title={`${timeText(at, zone, locale)} ${zoneText(at, zone, locale)}`}
          >
            {format.format(at)}
          </time>
        ),
      })}
    </Text>
  );
}
