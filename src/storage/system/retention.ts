import { importKeptDays } from '../../domain/clients/import/import-limits.js';
import type { Sql } from './database.js';

const batch = 5000;

/** At most so many batches of the request log a run: it may grow by as many an hour. */
const requestBatches = 150;

/** A job takes up to 100,000 rows with it. */
const jobBatch = 20;
/** An upload has as many rows. */
const importBatch = 5;

interface Retention {
  /** rows of checks */
  readonly checkDays: number;
  readonly requestLogDays: number;
  /** events, from when they were resolved; open ones are kept */
  readonly eventDays: number;
  /** jobs with their rows, from when they ended; running ones are kept */
  readonly jobDays: number;
}

/**
 * Removes what is only kept for a while: answers of idempotent requests (a day), messages of webhooks (a week), messages of payment gateways and hashes of emails in the mailbox for bounces (90 days), card registrations (a week after their end),
 * sessions that have ended, attempts to log in (a day), logins without their second step, emails about accounts (90 days), uploaded files of clients and rates (30 days, unless they are being imported), and rows of checks, of
 * resolved events, of ended deliveries to webhook endpoints (counted from when they were queued), of ended jobs, and of the request log after their days. Ledger, notifications and audit are kept.
 */
export async function removeOld(sql: Sql, keep: Retention): Promise<number> {
  const keys = await sql`
    delete from idempotency_keys where ctid in (
      select ctid from idempotency_keys where created_at < now() - interval '1 day' limit ${batch})`;
  const messages = await sql`
    delete from webhook_messages where ctid in (
      select ctid from webhook_messages where received_at < now() - interval '7 days' limit ${batch})`;
  const gatewayMessages = await sql`
    delete from gateway_messages where ctid in (
      select ctid from gateway_messages where received_at < now() - interval '90 days' limit ${batch})`;
  const bounces = await sql`
    delete from bounce_messages where ctid in (
      select ctid from bounce_messages where read_at < now() - interval '90 days' limit ${batch})`;
  const registrations = await sql`
    delete from card_registrations where ctid in (
      select ctid from card_registrations where expires_at < now() - interval '7 days' limit ${batch})`;
  const sessions = await sql`
    delete from sessions where ctid in (
      select ctid from sessions where expires_at < now() or last_seen_at < now() - interval '30 days' limit ${batch})`;
  const throttles = await sql`
    delete from login_throttles where ctid in (
      select ctid from login_throttles where since < now() - interval '1 day' limit ${batch})`;
  const challenges = await sql`
    delete from login_challenges where ctid in (
      select ctid from login_challenges where expires_at < now() limit ${batch})`;
  const openIdLogins = await sql`
    delete from openid_logins where ctid in (
      select ctid from openid_logins where expires_at < now() limit ${batch})`;
  const emails = await sql`
    delete from account_emails where ctid in (
      select ctid from account_emails
      where ended_at < now() - interval '90 days' and (expires_at is null or expires_at < now()) limit ${batch})`;
  const testEmails = await sql`
    delete from test_emails where ctid in (
      select ctid from test_emails where ended_at < now() - interval '7 days' limit ${batch})`;
  const checks = await sql`
    delete from checks where ctid in (
      select ctid from checks where at < now() - ${keep.checkDays} * interval '1 day' limit ${batch})`;
  const events = await sql`
    delete from events where ctid in (
      select ctid from events where resolved_at < now() - ${keep.eventDays} * interval '1 day' limit ${batch})`;
  const deliveries = await sql`
    delete from webhook_deliveries where ctid in (
      select ctid from webhook_deliveries
      where created_at < now() - ${keep.eventDays} * interval '1 day' and ended_at is not null order by created_at limit ${batch})`;
  const imports = await sql`
    delete from imports where ctid in (
      select i.ctid from imports i
      where i.created_at < now() - ${importKeptDays} * interval '1 day'
        and not exists (select 1 from jobs j where j.id = i.job_id and j.status = 'running')
      order by i.created_at limit ${importBatch})`;
  const rateImports = await sql`
    delete from rate_imports where ctid in (
      select i.ctid from rate_imports i
      where i.created_at < now() - ${importKeptDays} * interval '1 day'
        and not exists (select 1 from jobs j where j.id = i.job_id and j.status = 'running')
      order by i.created_at limit ${importBatch})`;
  const jobs = await sql`
    delete from jobs where ctid in (
      select ctid from jobs where ended_at < now() - ${keep.jobDays} * interval '1 day' order by ended_at limit ${jobBatch})`;
  const requests = await removeRequests(sql, keep.requestLogDays);
  const counted = [
    keys,
    messages,
    sessions,
    throttles,
    challenges,
    openIdLogins,
    emails,
    testEmails,
    checks,
    events,
    deliveries,
    imports,
    rateImports,
    jobs,
    gatewayMessages,
    registrations,
    bounces,
  ];
  return counted.reduce((all, { count }) => all + count, requests);
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
