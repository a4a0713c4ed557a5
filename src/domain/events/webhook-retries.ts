import { dayMs, hourMs, minuteMs } from '../durations.js';

/** Waits after the failed attempts of a round, as Standard Webhooks recommends: ten attempts in about three days. */
const waitsMs = [
  5_000,
  5 * minuteMs,
  30 * minuteMs,
  2 * hourMs,
  5 * hourMs,
  10 * hourMs,
  14 * hourMs,
  20 * hourMs,
  24 * hourMs,
] as const;

/** An endpoint at which every attempt failed for so long is disabled. */
const failingDays = 5;
export const failingMs = failingDays * dayMs;

/** Share of a wait that is added at random, so that what failed together is not repeated together. */
const jitter = 0.1;

/**
 * The wait before the next attempt.
 *
 * @param attempts of this round, all failed
 * @param random from 0 up to 1
 * @returns ms; null: that was the last one
 */
export function retryWaitMs(attempts: number, random: number): number | null {
  const wait = waitsMs[attempts - 1];
  return wait === undefined ? null : Math.round(wait * (1 + jitter * random));
}
