import type { Scenario, ScenarioEvent } from './scenario.js';
import type { DueTimes } from './staged-client.js';

/** The events that still count, by their instants; first those of the start, also where there are none. */
export function instantsOf({ events, startMs, untilMs }: Scenario): ScenarioEvent[][] {
  const byInstant = new Map<number, ScenarioEvent[]>([[startMs, []]]);
  for (const event of events) {
    if (event.atMs > untilMs) break;
    byInstant.set(event.atMs, [...(byInstant.get(event.atMs) ?? []), event]);
  }
  return [...byInstant.values()];
}

/** The monitor has not yet done all that was due up to this instant. */
export function isOwed({ checkMs, revertMs }: DueTimes, atMs: number): boolean {
  return checkMs === null || checkMs <= atMs || (revertMs !== null && revertMs <= atMs);
}

/** The monitor will have something to do at this coming instant by itself: a check, or the end of a credit. */
export function isDueAt({ checkMs, revertMs }: DueTimes, intervalMs: number, atMs: number): boolean {
  return revertMs === atMs || (checkMs !== null && checkMs <= atMs && (atMs - checkMs) % intervalMs === 0);
}
