import { availableOf, silencedUntil, type Observation, type Verdict } from './evaluate.js';

/** One word for a client's state, the same on pages, in the API, in metrics and in Temporal's search attributes. */
export const stateWords = [
  'ok',
  'low',
  'critical',
  'exhausted',
  'silenced',
  'paused',
  'unlimited',
  'unknown',
  'unhealthy',
] as const;
export type StateWord = (typeof stateWords)[number];

const belowThreshold = new Set([
  'not_inactive',
  'no_recipients',
  'superseded',
  'silenced',
  'max_reached',
  'period_not_elapsed',
  'sent',
  'send_failed',
  'send_uncertain',
]);

/** True where the verdict was reached with the threshold passed. */
export function isLowVerdict(verdict: Pick<Verdict, 'reason'>): boolean {
  return belowThreshold.has(verdict.reason);
}

/**
 * The word that follows from a check. The most urgent wins: `critical` is no money left (available zero or less),
 * `exhausted` is low with every notice sent, `silenced` is low and nobody is told.
 */
export function stateWord(observation: Observation, verdicts: readonly Verdict[], now: number): StateWord {
  if (observation.paused) return 'paused';
  if (!observation.balance) return 'unknown';
  if (observation.unlimited) return 'unlimited';
  if (availableOf(observation.balance) <= 0n) return 'critical';
  const low = verdicts.filter(isLowVerdict);
  if (low.length === 0) return verdicts.some((verdict) => verdict.reason === 'no_rate') ? 'unknown' : 'ok';
  if (low.every((verdict) => silencedUntil(observation, verdict.rule) > now)) return 'silenced';
  if (low.every((verdict) => verdict.reason === 'max_reached')) return 'exhausted';
  return 'low';
}

/** A check is overdue when it is this late: its monitor does not run, or nobody makes its checks. */
export const overdueMs = 60_000;

/** `src/storage/state-now.ts` says the same of rows. */
export function isOverdue(nextCheckAt: number, now: number): boolean {
  return nextCheckAt + overdueMs <= now;
}

/**
 * The word as it is shown: what the monitor last said is no longer to be relied on when its check is overdue. A monitor
 * cannot say so of itself, so this is never written anywhere, and it is over as soon as the check is made.
 */
export function wordNow(word: StateWord, nextCheckAt: number, now: number): StateWord {
  return isOverdue(nextCheckAt, now) ? 'unhealthy' : word;
}
