import { useSearchParams } from 'react-router';
import { serverNow } from '../../api/transport';
import { dateTimeFormat } from '../../i18n/intl';
import { dayMs } from '../../ui/durations';

const isDay = (text: string | null): text is string =>
  text !== null && /^\d{4}-\d\d-\d\d$/.test(text) && !Number.isNaN(Date.parse(text));

export interface DayRangeState {
  readonly from: string;
  readonly to: string;
  readonly change: (values: Readonly<Record<string, string>>) => void;
}

/**
 * The days of a report, kept in the address: by default the 30 days before the last one, as the API has it, so
 * that a report is not empty on the first of a month. A change begins the list of the
 * report at its first page.
 *
 * @param prefix of the report's list in the address
 */
export function useDayRange(zone: string, prefix: string): DayRangeState {
  const [parameters, setParameters] = useSearchParams();
  const today = dateTimeFormat('en-CA', {
    ...{ timeZone: zone, year: 'numeric', month: '2-digit', day: '2-digit' },
  }).format(serverNow());
  const [from, to] = [parameters.get('from'), parameters.get('to')];
  const change = (values: Readonly<Record<string, string>>): void =>
    setParameters((before) => {
      const after = new URLSearchParams(before);
      for (const [name, value] of Object.entries(values)) after.set(name, value);
      after.delete(`${prefix}cursor`);
      after.delete(`${prefix}page`);
      return after;
    });
  const last = isDay(to) ? to : today;
  return { from: isDay(from) ? from : daysBefore(last, 30), to: last, change };
}

function daysBefore(day: string, days: number): string {
  return new Date(Date.parse(day) - days * dayMs).toISOString().slice(0, 10);
}
