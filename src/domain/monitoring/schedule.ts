import { hash } from '../hash.js';

/**
 * When a client is checked: elapsed time from the first check, without drift and without a calendar. Every instant is
 * a whole second in ms, so that what happens within one second happens at one instant.
 */
export interface Schedule {
  /** when the last check was due, without spread; before the first check: when the first is due */
  readonly lastSlotAt: number;
  /** the first check is still to come */
  readonly isFirst: boolean;
  readonly intervalMs: number;
  /** the client's own delay of its checks after the first */
  readonly spreadMs: number;
}

interface Spread {
  /** share of the interval, 0 to 1 */
  readonly share: number;
  readonly maxMs: number;
}

const secondMs = 1000;

/** Cuts an instant to the whole second before it. `to_second` in the migrations does the same in SQL. */
export function toSecond(instantMs: number): number {
  return Math.floor(instantMs / secondMs) * secondMs;
}

/** When the next scheduled check is due. */
export function nextCheckAt({ lastSlotAt, isFirst, intervalMs, spreadMs }: Schedule): number {
  return isFirst ? lastSlotAt : lastSlotAt + intervalMs + spreadMs;
}

/**
 * The scheduled check that is due at `now`: its instant, and that of the check after it. Checks that were missed
 * altogether, because no worker ran, are left out.
 */
export function dueCheck(schedule: Schedule, now: number): { readonly dueAt: number; readonly nextAt: number } {
  const slotAt = currentSlot(schedule, now);
  const { isFirst, intervalMs, spreadMs } = schedule;
  return { dueAt: isFirst ? slotAt : slotAt + spreadMs, nextAt: slotAt + intervalMs + spreadMs };
}

/** Moves the schedule past the check that is due at `now`. */
export function advanceSchedule(schedule: Schedule, now: number): Schedule {
  const { intervalMs, spreadMs } = schedule;
  return { lastSlotAt: currentSlot(schedule, now), isFirst: false, intervalMs, spreadMs };
}

/**
 * Applies an edited interval: it counts from the last scheduled check; before the first check nothing moves. When the
 * next check would have been due already, it is due now and the schedule continues from there.
 */
export function withInterval(schedule: Schedule, intervalMs: number, spreadMs: number, now: number): Schedule {
  if (schedule.intervalMs === intervalMs && schedule.spreadMs === spreadMs) return schedule;
  const edited = { ...schedule, intervalMs, spreadMs };
  if (schedule.isFirst || nextCheckAt(edited) >= now || nextCheckAt(schedule) < now) return edited;
  return { ...edited, lastSlotAt: now - intervalMs - spreadMs };
}

function currentSlot({ lastSlotAt, isFirst, intervalMs, spreadMs }: Schedule, now: number): number {
  if (isFirst) return lastSlotAt;
  const intervals = Math.floor((now - spreadMs - lastSlotAt) / intervalMs);
  return lastSlotAt + Math.max(intervals, 1) * intervalMs;
}

/**
 * The stable delay of a client's checks after its first, so that monitors that started together do not all wake
 * together: `hash(client id)` within the share of the interval, at most `maxMs`.
 */
export function spreadMsOf(clientId: string, intervalMs: number, spread: Spread): number {
  const range = Math.min(intervalMs * spread.share, spread.maxMs);
  return range < secondMs ? 0 : toSecond(hash(clientId) % range);
}
