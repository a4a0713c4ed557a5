import type { Micros } from './money.js';

/** How long the money lasts at the present rate of spending. */
export interface Runway {
  /** spent a day */
  readonly perDay: Micros;
  /** ms since 1970; null: nothing is spent, or not within ten years */
  readonly emptyAt: number | null;
  /** `high`: two weeks or more are known, and the last one was like those before */
  readonly confidence: 'low' | 'high';
}

export interface Spent {
  readonly last7Days: Micros;
  readonly last30Days: Micros;
  /** instant of the first charge of the last 30 days in ms; null: none */
  readonly firstAt: number | null;
}

const dayMs = 86_400_000;
const leastDays = 3;
const farMs = 3650 * dayMs;

/** Null where less than three days of charges are known: a guess from so little would mislead. */
export function runwayOf(available: Micros, spent: Spent, now: number): Runway | null {
  if (spent.firstAt === null || now - spent.firstAt < leastDays * dayMs) return null;
  const knownMs = now - spent.firstAt;
  const perDay = rateOf(spent.last7Days, Math.min(knownMs, 7 * dayMs));
  const usual = rateOf(spent.last30Days, Math.min(knownMs, 30 * dayMs));
  const isSteady = perDay <= 2n * usual && usual <= 2n * perDay;
  return {
    perDay,
    emptyAt: emptyAt(available, perDay, now),
    confidence: knownMs >= 14 * dayMs && isSteady ? 'high' : 'low',
  };
}

function rateOf(spent: Micros, withinMs: number): Micros {
  return (spent * BigInt(dayMs)) / BigInt(Math.round(withinMs));
}

function emptyAt(available: Micros, perDay: Micros, now: number): number | null {
  if (available <= 0n) return now;
  if (perDay <= 0n) return null;
  const ms = (available * BigInt(dayMs)) / perDay;
  return ms > BigInt(farMs) ? null : now + Number(ms);
}
