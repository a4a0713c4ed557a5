import { addDays, localDate, nextDayOfMonth, startOfDay } from './local-days.js';

/** When a client is invoiced, and by when it pays. */
export type PaymentTerms = { readonly graceDays: number } & (
  { readonly mode: 'every'; readonly days: number } | { readonly mode: 'on'; readonly day: number }
);

/** Half open, in ms since 1970. */
interface Period {
  readonly start: number;
  readonly end: number;
}

/** The last day that every month has: terms on a later day are on this one. */
const lastCommonDay = 28;

/**
 * The period after the last one. It starts where that one ended, whatever zone and terms the client had then, so that there
 * is no gap and no overlap; it ends at a beginning of a day of the zone.
 *
 * @param last the end of the last period, or the creation of a client that was never invoiced
 */
export function nextPeriod(terms: PaymentTerms, last: number, zone: string): Period {
  const from = localDate(last, zone);
  const date =
    terms.mode === 'every' ? addDays(from, terms.days) : nextDayOfMonth(from, Math.min(terms.day, lastCommonDay));
  return { start: last, end: startOfDay(date, zone) };
}

/** The date by which an invoice is paid, and the instant from which it is overdue, both in its own zone. */
export function dueDate(issuedAt: number, graceDays: number, zone: string): { dueOn: string; overdueFrom: number } {
  const dueOn = addDays(localDate(issuedAt, zone), graceDays);
  return { dueOn, overdueFrom: startOfDay(addDays(dueOn, 1), zone) };
}
