import { Stack, Text } from '@mantine/core';
import { DatePicker, TimePicker } from '@mantine/dates';
import 'dayjs/locale/uk';
import type { ReactNode } from 'react';
import { serverNow } from '../../api/transport';
import { intlLocale } from '../../i18n/language';
import { t } from '../../i18n/t';
import { zoneText } from '../../ui/text/time-text';
import { instantOf, wallClock } from '../../ui/text/zoned';

interface DateTimePickerProps {
  /** ms; null: none yet */
  readonly instant: number | null;
  readonly onPick: (instant: number) => void;
  readonly zone: string;
  /** the time of a day that is picked first, `HH:MM` */
  readonly timeOfDay: string;
}

/** A calendar and a clock, both of the zone that they name. */
export default function DateTimePicker({ instant, onPick, zone, timeOfDay }: DateTimePickerProps): ReactNode {
  const shown = instant === null ? null : wallClock(instant, zone);
  const today = dayText(wallClock(serverNow(), zone));
  const time = shown === null ? timeOfDay : `${two(shown.hour)}:${two(shown.minute)}`;
  const pick = (day: string, clock: string): void => {
    const [year = 0, month = 1, date = 1] = day.split('-').map(Number);
    const [hour = 0, minute = 0] = clock.split(':').map(Number);
    onPick(instantOf({ year, month, day: date, hour, minute }, zone));
  };
  const day = shown === null ? null : dayText(shown);
  return (
    <Stack gap="xs">
      <DatePicker
        size="xs"
        defaultDate={day ?? today}
        value={day}
        getDayProps={(date) => (date === today ? { 'aria-current': 'date', fw: 700 } : {})}
        onChange={(picked) => picked !== null && pick(picked, time)}
      />
      <TimePicker
        size="xs"
        label={t('form.instant.time')}
        value={time}
        onChange={(clock) => /^\d{2}:\d{2}/.test(clock) && pick(day ?? today, clock)}
      />
      <Text size="xs" c="dimmed">
        {t('form.instant.zone', { zone: zoneName(zone, instant ?? serverNow()) })}
      </Text>
    </Stack>
  );
}

/** `Europe/Kyiv (GMT+2)`. */
function zoneName(zone: string, at: number): string {
  const short = zoneText(at, zone, intlLocale());
  return short === zone ? zone : `${zone} (${short})`;
}

const two = (part: number): string => String(part).padStart(2, '0');

function dayText({ year, month, day }: { readonly year: number; readonly month: number; readonly day: number }) {
  return `${String(year).padStart(4, '0')}-${two(month)}-${two(day)}`;
}
