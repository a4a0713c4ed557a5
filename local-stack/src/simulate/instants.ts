import type { Scenario, ScenarioEvent } from '../../../src/simulate/scenario.js';
import type { PlannedWork } from './test-client.js';

/** Everything that happens to a client at one instant. */
export interface Instant {
  readonly atMs: number;
  /** in the order of the file */
  readonly events: readonly ScenarioEvent[];
}

/** The instants that still count, in order: the start, those of events, and those from which a rate is effective. */
export function instantsOf({ events, rates, startMs, untilMs }: Scenario): Instant[] {
  const all = [startMs, ...events.map(({ atMs }) => atMs), ...rates.map(({ atMs }) => atMs)];
  const counting = [...new Set(all)].filter((atMs) => atMs >= startMs && atMs <= untilMs).sort((a, b) => a - b);
  return counting.map((atMs) => ({ atMs, events: events.filter((event) => event.atMs === atMs) }));
}

/** True when the monitor has not yet done all that it planned up to this instant. */
export function hasPendingWork({ checkMs, wakeMs }: PlannedWork, atMs: number): boolean {
  return checkMs === null || checkMs <= atMs || (wakeMs !== null && wakeMs <= atMs);
}

/** When the next check or wake is planned; infinite: monitoring has not begun. */
export function nextWorkMs({ checkMs, wakeMs }: PlannedWork): number {
  return Math.min(checkMs ?? Number.POSITIVE_INFINITY, wakeMs ?? Number.POSITIVE_INFINITY);
}
