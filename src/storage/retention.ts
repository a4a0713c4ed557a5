import type { Sql } from './database.js';

const batch = 5000;

/**
 * Removes what is only kept for a while: answers of idempotent requests (a day), messages of webhooks (a week),
 * sessions that have ended, attempts to log in (a day), sums of days (a hundred days), and rows of checks older than
 * `days`. Ledger, notifications and audit are kept.
 */
export async function removeOld(sql: Sql, days: number): Promise<number> {
  const keys = await sql`
    delete from idempotency_keys where ctid in (
      select ctid from idempotency_keys where created_at < now() - interval '1 day' limit ${batch})`;
  const messages = await sql`
    delete from webhook_messages where ctid in (
      select ctid from webhook_messages where received_at < now() - interval '7 days' limit ${batch})`;
  const sessions = await sql`
    delete from sessions where ctid in (
      select ctid from sessions where expires_at < now() or last_seen_at < now() - interval '30 days' limit ${batch})`;
  const throttles = await sql`
    delete from login_throttles where ctid in (
      select ctid from login_throttles where since < now() - interval '1 day' limit ${batch})`;
  const checks = await sql`
    delete from checks where ctid in (
      select ctid from checks where at < now() - ${days} * interval '1 day' limit ${batch})`;
  const sums = await sql`
    delete from charge_days where ctid in (
      select ctid from charge_days where day < current_date - 100 limit ${batch})`;
  return keys.count + messages.count + sessions.count + throttles.count + checks.count + sums.count;
}
