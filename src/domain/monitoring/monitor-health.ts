import { overdueMs } from './client-state.js';

/**
 * Whether a monitor proceeds, from what the read model knows of it. A monitor cannot say so itself: the state
 * `unhealthy` is never written, it is derived wherever a state is shown, and ends with the next evaluation.
 * `src/storage/monitoring/state-now.ts` is the same in SQL.
 */

/**
 * The first that applies: `failing`: its workflow tasks keep failing · `overdue`: a check or another wake is late, or
 * there never was a check · `signal_unanswered`: no evaluation followed a signal that Temporal accepted.
 */
export const unhealthyReasons = ['failing', 'overdue', 'signal_unanswered'] as const;
export type UnhealthyReason = (typeof unhealthyReasons)[number];

/** Instants in ms. */
export interface MonitorSigns {
  /** null: never checked */
  readonly nextCheckAt: number | null;
  /** the earliest wake other than the check; null: none */
  readonly nextWakeAt: number | null;
  /** the last evaluation */
  readonly seenAt: number;
  /** the first signal that Temporal accepted since the evaluation before it; null: there never was one */
  readonly signaledAt: number | null;
  /** since when its workflow tasks were found failing; null: they were not */
  readonly failingSince: number | null;
  /** how often the same workflow task has read the client again */
  readonly readRepeats: number;
}

/** A local activity is attempted three times in a task; a task that reads more often than this has failed and is repeated. */
export const maxReadRepeats = 5;

/** null: healthy. Everything has a grace of `graceMs`, except what was found failing. */
export function unhealthyReason(signs: MonitorSigns, now: number, graceMs = overdueMs): UnhealthyReason | null {
  const { seenAt, signaledAt, failingSince, readRepeats } = signs;
  if (readRepeats >= maxReadRepeats || (failingSince !== null && failingSince >= seenAt)) return 'failing';
  if (isOverdue(signs, now, graceMs)) return 'overdue';
  const isUnanswered = signaledAt !== null && signaledAt > seenAt;
  return isUnanswered && signaledAt + graceMs <= now ? 'signal_unanswered' : null;
}

/** True when the next wake, or the first check, is late by the grace or more. */
export function isOverdue(
  { nextCheckAt, nextWakeAt, seenAt }: Pick<MonitorSigns, 'nextCheckAt' | 'nextWakeAt' | 'seenAt'>,
  now: number,
  graceMs = overdueMs,
): boolean {
  const wakes = [nextCheckAt ?? seenAt, nextWakeAt ?? Number.POSITIVE_INFINITY];
  return Math.min(...wakes) + graceMs <= now;
}
