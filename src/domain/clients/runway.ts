import { dayMs } from '../durations.js';
import type { Micros } from '../money.js';

/** Runway: how long a client's available balance lasts at the recent spend. An estimate, and it says how good it is. */

export const runwayStatuses = ['estimated', 'short_history', 'no_charges', 'empty', 'unlimited'] as const;
export const runwayConfidences = ['low', 'medium', 'high'] as const;

export interface Runway {
  readonly status: (typeof runwayStatuses)[number];
  /** null with `no_charges` and `unlimited` */
  readonly spendPerDay: Micros | null;
  readonly spendPerDay7: Micros | null;
  readonly spendPerDay30: Micros | null;
  /** ms since 1970; null unless `estimated` */
  readonly emptyAt: number | null;
  readonly confidence: (typeof runwayConfidences)[number] | null;
}

/** Charges by whole days in UTC, today as far as it has gone. */
export interface Spending {
  /** since the beginning of the day 7 days ago */
  readonly spent7: Micros;
  readonly spent30: Micros;
  /** beginning of the first day with a charge within the 30, in ms; null: there was none */
  readonly firstDay: number | null;
}

/** Fewer days allow no estimate. */
export const leastDays = 3;
/** Longer than this reads as never. */
export const mostDays = 3660;

/** Beginning of the day in UTC that lies `days` before the one of `now`. */
export function dayBefore(now: number, days: number): number {
  return Math.floor(now / dayMs) * dayMs - days * dayMs;
}

/** @param available null: the client has no limit */
export function estimateRunway(available: Micros | null, spending: Spending, now: number): Runway {
  if (available === null) return without('unlimited');
  const { firstDay, spent7, spent30 } = spending;
  if (firstDay === null) return without(available <= 0n ? 'empty' : 'no_charges');
  const spendPerDay7 = perDay(spent7, now - Math.max(firstDay, dayBefore(now, 7)));
  const spendPerDay30 = perDay(spent30, now - Math.max(firstDay, dayBefore(now, 30)));
  // Recent spend is the best predictor; a client that has been quiet for a week may begin again.
  const spendPerDay = spendPerDay7 > 0n ? spendPerDay7 : spendPerDay30;
  const spends = { spendPerDay, spendPerDay7, spendPerDay30 };
  if (available <= 0n) return { status: 'empty', ...spends, emptyAt: null, confidence: null };
  const history = now - firstDay;
  if (history < leastDays * dayMs) return { status: 'short_history', ...spends, emptyAt: null, confidence: null };
  const leftMs = spendPerDay > 0n ? Number((available * BigInt(dayMs)) / spendPerDay) : Infinity;
  return {
    status: 'estimated',
    ...spends,
    emptyAt: now + Math.min(leftMs, mostDays * dayMs),
    confidence: confidenceOf(history, spendPerDay7, spendPerDay30),
  };
}

function without(status: 'unlimited' | 'empty' | 'no_charges'): Runway {
  const nothing = { spendPerDay: null, spendPerDay7: null, spendPerDay30: null };
  return { status, ...nothing, emptyAt: null, confidence: null };
}

function perDay(spent: Micros, windowMs: number): Micros {
  // A day that has just begun would make much of little.
  return (spent * BigInt(dayMs)) / BigInt(Math.max(windowMs, dayMs));
}

function confidenceOf(historyMs: number, recent: Micros, month: Micros): Runway['confidence'] {
  if (historyMs < 7 * dayMs || recent === 0n) return 'low';
  const apart = recent > month ? recent - month : month - recent;
  return historyMs >= 14 * dayMs && apart * 4n <= month ? 'high' : 'medium';
}
