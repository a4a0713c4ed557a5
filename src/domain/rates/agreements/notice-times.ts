import { dayMs, hourMs } from '../../durations.js';
import { addDays, localDate, localTime, startOfDay } from '../../invoicing/local-days.js';
import type { AgreementFields, AgreementTerm, NoticeKind } from './agreement.js';

type Schedule = Pick<AgreementFields, 'notificationDays' | 'hour' | 'timezone'>;
type Terms = Pick<AgreementFields, 'terms' | 'timezone'>;

/** Days to search: any day from 1 to 28 occurs in every month, any weekday in every week. */
const daysAhead = 63;

/** The first scheduled notification after an instant, in ms: its day and hour in the zone of the agreement. */
export function nextNotification(agreement: Schedule, after: number): number {
  const { notificationDays, hour, timezone } = agreement;
  const today = localDate(after, timezone);
  for (let ahead = 0; ahead <= daysAhead; ahead += 1) {
    const date = addDays(today, ahead);
    if (!isNotificationDay(notificationDays, date)) continue;
    const at = localTime(date, hour, timezone);
    if (at > after) return at;
  }
  throw new RangeError('an agreement has a day of notification in every month');
}

function isNotificationDay({ mode, days }: Schedule['notificationDays'], date: string): boolean {
  if (mode === 'daily') return true;
  const at = new Date(`${date}T00:00:00Z`);
  return days.includes(mode === 'monthly' ? at.getUTCDate() : at.getUTCDay() || 7);
}

/** The earliest time at which a rate that is announced at an instant may take effect, in ms. */
export function earliestEffective({ terms, timezone }: Terms, kind: NoticeKind, announcedAt: number): number {
  const { value, unit }: AgreementTerm = terms[kind];
  switch (unit) {
    case 'days_from_midnight':
      return startOfDay(addDays(localDate(announcedAt, timezone), value), timezone);
    case 'days_from_notification':
      return announcedAt + value * dayMs;
    case 'hours_from_hour':
      return startOfHour(announcedAt, timezone) + value * hourMs;
    case 'hours_from_notification':
      return announcedAt + value * hourMs;
  }
}

const minutesOf = new Map<string, Intl.DateTimeFormat>();

/** Some zones are half an hour or a quarter off: their hours begin amid those of UTC. */
function startOfHour(at: number, zone: string): number {
  let format = minutesOf.get(zone);
  if (!format) {
    format = new Intl.DateTimeFormat('en-GB', { timeZone: zone, minute: '2-digit', second: '2-digit' });
    minutesOf.set(zone, format);
  }
  const [minutes = 0, seconds = 0] = format.format(at).split(':').map(Number);
  return at - (at % 1000) - (minutes * 60 + seconds) * 1000;
}
