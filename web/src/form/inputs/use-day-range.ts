import { useSearchParams } from 'react-router';
import { serverNow } from '../../api/transport';
import { dateTimeFormat } from '../../i18n/intl';

const isDay = (text: string | null): text is string => text !== null && /^\d{4}-\d\d-\d\d$/.test(text);

export interface DayRangeState {
  readonly from: string;
  readonly to: string;
  readonly change: (values: Readonly<Record<string, string>>) => void;
}

/**
 * The days of a report, kept in the address: by default this month in the zone so far. A change begins the list of the
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
  return { from: isDay(from) ? from : `${today.slice(0, 8)}01`, to: isDay(to) ? to : today, change };
}
