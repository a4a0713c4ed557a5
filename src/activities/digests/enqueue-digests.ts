import type { DigestsReport } from '../../contract/fleet.js';
import { dueDigestDay } from '../../domain/digests/digest-day.js';
import { enqueueDigests, readDigestReaders } from '../../storage/digests/due-digests.js';
import type { Sql } from '../../storage/system/database.js';
import type { ActivityDeps } from '../deps.js';
import { withFailures } from '../failures.js';

/**
 * Enqueues the digests that are due: one for each reader and local day, however often this runs. The worker composes and
 * sends them with the other emails to users, so that a digest says what holds when it is sent.
 */
export async function enqueueDueDigests(sql: Sql, now: number): Promise<DigestsReport> {
  const due = (await readDigestReaders(sql)).flatMap(({ userId, hour, timezone, lastDay }) => {
    const day = dueDigestDay(hour, timezone, now);
    return day === null || day === lastDay ? [] : [{ userId, day }];
  });
  return { digests: await enqueueDigests(sql, due, new Date(now)) };
}

export function digestActivities({ sql }: ActivityDeps) {
  return {
    /** Enqueues the daily digests that are due. */
    enqueueDigests: (): Promise<DigestsReport> =>
      withFailures('enqueueDigests', () => enqueueDueDigests(sql, Date.now())),
  };
}
