import { hash } from './hash.js';

/**
 * When a client is checked: elapsed time from the first check, without drift and without a calendar. Every instant is
 * a whole second in ms, so that what happens within one second happens at one instant.
 */

const secondMs = 1000;

export interface Spread {
  /** share of the interval, 0 to 1 */
  readonly share: number;
  readonly maxMs: number;
}

export function toSecond(instantMs: number): number {
  return Math.floor(instantMs / secondMs) * secondMs;
}

/**
 * The check after the one that was due at `dueAt`. Checks that were missed altogether (a server that was down for
 * days) are left out rather than made up for; the phase stays.
 */
export function nextDue(dueAt: number, intervalMs: number, now: number): number {
  const next = dueAt + intervalMs;
  if (next > now) return next;
  return dueAt + Math.floor((now - dueAt) / intervalMs + 1) * intervalMs;
}

/**
 * The stable delay of a client's checks after its first, so that a fleet that began at once does not wake at once:
 * `hash(client id) mod share of the interval`, at most `maxMs`.
 */
export function spreadMs(clientId: string, intervalMs: number, spread: Spread): number {
  const range = Math.min(intervalMs * spread.share, spread.maxMs);
  return range < secondMs ? 0 : toSecond(hash(clientId) % range);
}
