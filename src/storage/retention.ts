import type { Sql } from './database.js';

const batch = 5000;

/** At most so many batches of the request log a run: it may grow by as many an hour. */
const requestBatches = 150;

export interface Retention {
  /** rows of checks */
  readonly checkDays: number;
  readonly requestLogDays: number;
}

/**
 * Removes what is only kept for a while: answers of idempotent requests (a day), messages of webhooks (a week), and
 * rows of checks and of the request log after their days. Ledger, notifications and audit are kept.
 */
export async function removeOld(sql: Sql, keep: Retention): Promise<number> {
  const keys = await sql`
    delete from idempotency_keys where ctid in (
      select ctid from idempotency_keys where created_at < now() - interval '1 day' limit ${batch})`;
  const messages = await sql`
    delete from webhook_messages where ctid in (
      select ctid from webhook_messages where received_at < now() - interval '7 days' limit ${batch})`;
  const checks = await sql`
    delete from checks where ctid in (
      select ctid from checks where at < now() - ${keep.checkDays} * interval '1 day' limit ${batch})`;
  const requests = await removeRequests(sql, keep.requestLogDays);
  return keys.count + messages.count + checks.count + requests;
}

async function removeRequests(sql: Sql, days: number): Promise<number> {
  let removed = 0;
  for (let run = 0; run < requestBatches; run++) {
    const { count } = await sql`
      delete from request_log where ctid in (
        select ctid from request_log where at < now() - ${days} * interval '1 day' order by at limit ${batch})`;
    removed += count;
    if (count < batch) break;
  }
  return removed;
}
