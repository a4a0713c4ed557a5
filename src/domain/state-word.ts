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
export function isLowVerdict(verdict: Verdict): boolean {
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
