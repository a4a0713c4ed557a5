import type { Fragment } from 'postgres';
import type { CompanySide } from '../../domain/companies/company-balances.js';
import type { RuleState } from '../../domain/monitoring/rule-state.js';
import type { Company } from '../../domain/companies/company.js';
import type { SideResult } from '../../domain/companies/threshold-control.js';
import type { Queries, Sql, Transaction } from '../system/database.js';
import { companyColumns, companyTables, toCompany, type CompanyRow } from './companies.js';

/** What runs of the balance threshold controller read and write. */

/** Companies with a threshold that is on, after the last page, in the order of their ids. */
export async function readWatchedCompanies(
  sql: Sql,
  afterId: string | null,
  limit: number,
  atMs: number,
): Promise<Company[]> {
  const rows = await sql<CompanyRow[]>`
    select ${companyColumns(sql, new Date(atMs))} from ${companyTables(sql)}
    where p.status <> 'deleted' and p.id > ${afterId ?? '0'}
      and exists (select 1 from company_sides s where s.company_id = p.id and s.enabled and s.threshold is not null)
    order by p.id limit ${limit}`;
  return rows.map(toCompany);
}

/** Locked against entries and changes; null: it is gone. */
export async function lockWatchedCompany(tx: Transaction, id: string, atMs: number): Promise<Company | null> {
  await tx`select 1 from companies p where p.id = ${id} for no key update of p`;
  const [row] = await tx<CompanyRow[]>`
    select ${companyColumns(tx, new Date(atMs))} from ${companyTables(tx)} where p.id = ${id} and p.status <> 'deleted'`;
  return row ? toCompany(row) : null;
}

/** The state of a side, its company locked, also where that is deleted. */
export async function lockSideState(tx: Transaction, companyId: string, side: CompanySide): Promise<RuleState | null> {
  await tx`select 1 from companies p where p.id = ${companyId} for no key update of p`;
  const [row] = await tx<{ state: RuleState | null }[]>`
    select state from company_sides where company_id = ${companyId} and side = ${side}`;
  return row?.state ?? null;
}

/** Of a locked company. `clearsMailTime`: the balance was found fine, or the side was reset. */
export async function writeSideState(
  tx: Transaction,
  companyId: string,
  side: CompanySide,
  decided: { readonly state: RuleState; readonly reason: SideResult | null; readonly clearsMailTime: boolean },
): Promise<void> {
  await tx`
    update company_sides set state = ${storedState(tx, decided.state)}, reason = ${decided.reason},
      mail_time = case when ${decided.clearsMailTime} then null else mail_time end
    where company_id = ${companyId} and side = ${side}`;
}

function storedState(tx: Transaction, state: RuleState) {
  return tx.json(JSON.parse(JSON.stringify(state)));
}

/** The notification of the side has ended. */
export async function writeMailTime(
  tx: Transaction,
  companyId: string,
  side: CompanySide,
  { state, mailTime }: { readonly state: RuleState; readonly mailTime: Date | null },
): Promise<void> {
  await tx`
    update company_sides set state = ${storedState(tx, state)}, mail_time = coalesce(${mailTime}, mail_time)
    where company_id = ${companyId} and side = ${side}`;
}

/** A run has evaluated them. */
export async function markChecked(sql: Queries, companyIds: readonly string[], atMs: number): Promise<void> {
  await sql`
    update company_sides set checked_at = ${new Date(atMs)}
    where company_id = any(${[...companyIds]}::bigint[]) and enabled and threshold is not null`;
}

/** A notification that a side waits for, in the order in which they were decided. */
export interface OpenNotification {
  readonly notificationId: string;
  readonly companyId: string;
  readonly side: CompanySide;
  readonly episode: number;
  readonly number: number;
  readonly decidedAt: Date;
  /** its side was reset, turned off, or found fine since, or the company is deleted */
  readonly isCalledOff: boolean;
  readonly deliveries: readonly {
    readonly id: string;
    /** in lower case */
    readonly recipient: string;
    /** null: an email */
    readonly channelId: string | null;
    readonly isPending: boolean;
  }[];
}

/** Those of sides whose state waits for them, also where all deliveries have ended and the state does not know it yet. */
export async function readOpenNotifications(
  sql: Queries,
  afterId: string | null,
  limit: number,
): Promise<OpenNotification[]> {
  return sql<OpenNotification[]>`
    ${openNotifications(sql)}
    where s.state ? 'pending' and (${afterId}::bigint is null or (n.decided_at, n.company_id, n.id) >
      (select a.decided_at, a.company_id, a.id from notifications a where a.id = ${afterId}))
    order by n.decided_at, n.company_id, n.id limit ${limit}`;
}

/** Those of them that are no longer wanted. */
export async function readCalledOff(sql: Queries): Promise<OpenNotification[]> {
  return sql<OpenNotification[]>`
    ${openNotifications(sql)}
    where s.state ? 'pending' and ${isCalledOff(sql)} order by n.decided_at, n.company_id, n.id`;
}

function openNotifications(sql: Queries): Fragment {
  return sql`
    select n.id as "notificationId", n.company_id as "companyId", n.rule as side, n.episode, n.number,
      n.decided_at as "decidedAt", ${isCalledOff(sql)} as "isCalledOff",
      (select jsonb_agg(jsonb_build_object('id', d.id::text, 'recipient', lower(d.recipient), 'channelId', d.channel_id::text,
          'isPending', d.status in ('claimed', 'sending', 'transmitted', 'retrying')) order by d.position)
        from deliveries d where d.notification_id = n.id) as deliveries
    from company_sides s
    join companies p on p.id = s.company_id
    join notifications n on n.company_id = s.company_id and n.rule = s.side
      and n.episode = (s.state -> 'pending' ->> 'episode')::int and n.number = (s.state -> 'pending' ->> 'number')::int`;
}

function isCalledOff(sql: Queries): Fragment {
  return sql`(s.state -> 'pending' ? 'cancelledIn' or p.status = 'deleted')`;
}

/**
 * When the first recipient accepted it; where none did, when the first outcome was known to be uncertain. In whole seconds;
 * null: neither, or a recipient may still accept it.
 */
export async function readMailTime(q: Queries, notificationId: string): Promise<Date | null> {
  const [row] = await q<{ at: Date | null }[]>`
    select to_second(coalesce(min(accepted_at) filter (where status = 'accepted'),
      case when bool_and(ended_at is not null) then min(ended_at) filter (where status = 'uncertain') end)) as at
    from deliveries where notification_id = ${notificationId}`;
  return row?.at ?? null;
}
