import { hourMs } from '../durations.js';
import { nextPeriod, type PaymentTerms } from './periods.js';

/** More missed periods than these are not caught up: an old mark is rather a mistake than three years of invoices. */
export const maxMissedPeriods = 36;

export interface AutoinvoicingTerms {
  readonly terms: PaymentTerms;
  /** IANA */
  readonly zone: string;
  /** how long after its end a period waits for charges that arrive late */
  readonly delayHours: number;
}

/**
 * The ends of the periods that can be invoiced now, the oldest first, each of which gets its own invoice: up to one more
 * than `maxMissedPeriods`.
 *
 * @param last the end of the last period, or the creation of a client that was never invoiced
 */
export function duePeriods({ terms, zone, delayHours }: AutoinvoicingTerms, last: number, now: number): number[] {
  const ends: number[] = [];
  for (let end = nextPeriod(terms, last, zone).end; end + delayHours * hourMs <= now;) {
    ends.push(end);
    if (ends.length > maxMissedPeriods) break;
    end = nextPeriod(terms, end, zone).end;
  }
  return ends;
}
