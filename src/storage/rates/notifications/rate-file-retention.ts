import type { Queries, Sql } from '../../system/database.js';

const filesOfRun = 500;

/** Removes files of rate notifications that ended so many days ago, unless they are being sent; 0: none. @returns how many */
export async function removeOldRateFiles(sql: Sql, days: number): Promise<number> {
  if (days === 0) return 0;
  const { count } = await sql`
    update rate_notification_files f set content = null, removed_at = now()
    where (f.rate_notification_id, f.position) in (
      select k.rate_notification_id, k.position
      from rate_notification_files k join rate_notifications w on w.id = k.rate_notification_id
      where k.content is not null and w.ended_at < now() - ${days} * interval '1 day'
        and not exists (
          select 1 from deliveries d
          where d.notification_id = w.notification_id and d.status not in ('accepted', 'failed', 'uncertain'))
      order by k.rate_notification_id limit ${filesOfRun})`;
  return count;
}

/** Whether the files that a delivery sends are no longer kept. */
export async function areRateFilesRemoved(q: Queries, deliveryId: string): Promise<boolean> {
  const rows = await q`
    select 1 from deliveries d join rate_notifications w on w.notification_id = d.notification_id
    join rate_notification_files f on f.rate_notification_id = w.id
    where d.id = ${deliveryId} and f.content is null limit 1`;
  return rows.length > 0;
}
