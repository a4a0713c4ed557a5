import type { Queries } from '../../system/database.js';

/** Which rate notifications need their workflow: those that have not ended. */

/** The starter of their workflows listens on this channel. */
export const rateNotificationChannel = 'lowwater_rate_notifications';

/** Call it in the transaction that writes one: its workflow is started once that is committed. */
export async function announceRateNotifications(q: Queries): Promise<void> {
  await q`select pg_notify(${rateNotificationChannel}, '')`;
}

/** Those whose workflow must be started or asked to look: marks them. */
export async function claimRateNotifications(q: Queries, limit: number): Promise<string[]> {
  const rows = await q<{ id: string }[]>`
    update rate_notifications set woken_at = now()
    where id in (
      select id from rate_notifications where ended_at is null and woken_at is null order by id limit ${limit}
      for update skip locked)
    returning id`;
  return rows.map(({ id }) => id);
}

/** Whose workflow could not be started: it is tried again. */
export async function releaseRateNotification(q: Queries, id: string): Promise<void> {
  await q`update rate_notifications set woken_at = null where id = ${id}`;
}

/** Those that are due for longer than they should be are started again. @returns how many there are */
export async function releaseStalledRateNotifications(q: Queries, stalledMs: number): Promise<number> {
  const rows = await q`
    update rate_notifications set woken_at = null
    where ended_at is null and greatest(due_at, woken_at) < now() - ${stalledMs} * interval '1 ms'
    returning id`;
  if (rows.length > 0) await announceRateNotifications(q);
  return rows.length;
}
