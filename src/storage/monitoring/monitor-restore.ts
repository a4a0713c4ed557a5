import { ruleNotificationKinds } from '../../domain/notifications/mail-kinds.js';
import type { CountedNotification, StoredMonitor } from '../../domain/monitoring/state.js';
import type { Queries } from '../system/database.js';
import { readLastCapacity } from './capacity-changes.js';

interface StoredRow {
  readonly nextCheckAt: Date | null;
  readonly lastCheckAt: Date | null;
  readonly rules: StoredMonitor['rules'];
  readonly pausedBy: string | null;
  readonly silences: Record<string, number>;
}

/** What an earlier run of the monitor left in the database; null: there was none. */
export async function readStoredMonitor(sql: Queries, clientId: string): Promise<StoredMonitor | null> {
  const [row] = await sql<StoredRow[]>`
    select m.next_check_at as "nextCheckAt", m.last_check_at as "lastCheckAt", m.rules, m.paused_by as "pausedBy",
      m.silences
    from monitors m
    where m.client_id = ${clientId} and (m.last_check_at is not null or m.next_check_at is not null)`;
  if (!row) return null;
  return {
    ...row,
    nextCheckAt: row.nextCheckAt?.getTime() ?? null,
    lastCheckAt: row.lastCheckAt?.getTime() ?? null,
    counted: await readCounted(sql, clientId),
    capacity: await readLastCapacity(sql, clientId),
  };
}

/** Whether the first notification of each rule that is low still has to be counted as already sent. */
export async function readCountsFirst(sql: Queries, clientId: string): Promise<boolean> {
  const rows = await sql`select 1 from monitors where client_id = ${clientId} and counts_first`;
  return rows.length > 0;
}

/** The last notification of each rule that reached a mail server, or may have. */
async function readCounted(sql: Queries, clientId: string): Promise<CountedNotification[]> {
  return sql<CountedNotification[]>`
    select distinct on (n.rule) n.rule, n.episode, n.number,
      floor(extract(epoch from n.decided_at))::float8 * 1000 as "decidedAt"
    from notifications n
    where n.client_id = ${clientId} and n.kind = any (${[...ruleNotificationKinds]}::text[])
      and exists (
        select 1 from deliveries d where d.notification_id = n.id
          and (d.status in ('transmitted', 'accepted', 'uncertain') or d.before_resend in ('accepted', 'uncertain')))
    order by n.rule, n.episode desc, n.number desc`;
}

/** Notifications, such as `client 2/1` for episode and number, that were decided and are not in the published state. */
export async function readUnsavedNotifications(sql: Queries, clientId: string): Promise<string[]> {
  const rows = await sql<{ line: string }[]>`
    select format('%s %s/%s', n.rule, n.episode, n.number) as line
    from notifications n join monitors m on m.client_id = n.client_id
    where n.client_id = ${clientId} and n.kind = any (${[...ruleNotificationKinds]}::text[])
      and (n.episode, n.number) > (coalesce((m.rules -> n.rule ->> 'episode')::int, 0),
        coalesce((m.rules -> n.rule ->> 'count')::int, 0))
    order by n.id`;
  return rows.map(({ line }) => line);
}
