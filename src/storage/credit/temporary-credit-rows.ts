import type { GrantRecord } from '../../contract/temporary-credit.js';
import type { GrantStatus } from '../../domain/credit/grants.js';
import { formatMoney, moneyOf, type Micros } from '../../domain/money.js';
import type { Queries, Transaction } from '../system/database.js';

/** The rows of temporary credits and of the credit limit history. */

export interface GrantRow {
  readonly id: string;
  readonly clientId: string;
  readonly seq: number;
  readonly amount: string;
  readonly percent: string | null;
  readonly currency: string;
  readonly validFrom: Date;
  readonly validUntil: Date;
  readonly warnAt: Date | null;
  readonly warnedAt: Date | null;
  readonly status: GrantStatus;
  readonly reason: string;
  readonly grantedBy: string;
  readonly version: number;
}

/** What a change of a temporary credit must know of the client. */
export interface CreditClient {
  readonly status: string;
  readonly balanceModel: string;
  /** permanent limit */
  readonly creditLimit: string;
  readonly currency: string;
}

/** Holds the client's row until the transaction ends: changes of one client's credit come one after another. */
export async function lockCreditClient(tx: Transaction, clientId: string): Promise<CreditClient | null> {
  const [client] = await tx<CreditClient[]>`
    select status, balance_model as "balanceModel", credit_limit as "creditLimit", currency
    from clients where id = ${clientId} for update`;
  return client ?? null;
}

export async function findGrant(q: Queries, clientId: string, grantId: string): Promise<GrantRow | null> {
  const [grant] = await q<GrantRow[]>`
    select ${columns(q)} from temporary_credits where id = ${grantId} and client_id = ${clientId}`;
  return grant ?? null;
}

/** The one that is scheduled or active, by the table. */
export async function findOpenGrant(q: Queries, clientId: string): Promise<GrantRow | null> {
  const [grant] = await q<GrantRow[]>`
    select ${columns(q)} from temporary_credits where client_id = ${clientId} and status in ('scheduled', 'active')`;
  return grant ?? null;
}

/** The one that was granted under this id. */
export async function findGrantByRequest(q: Queries, clientId: string, requestId: string): Promise<GrantRow | null> {
  const [grant] = await q<GrantRow[]>`
    select ${columns(q)} from temporary_credits where client_id = ${clientId} and request_id = ${requestId}`;
  return grant ?? null;
}

/** The grant as it is, where this very request has changed or canceled it before. */
export async function findGrantChangedBy(
  q: Queries,
  clientId: string,
  { grantId, requestId }: { readonly grantId: string; readonly requestId: string },
  kind: 'changed' | 'cancelled',
): Promise<GrantRow | null> {
  const [grant] = await q<GrantRow[]>`
    select ${columns(q)} from temporary_credits
    where id = ${grantId} and client_id = ${clientId} and exists (
      select 1 from credit_limit_history h
      where h.grant_id = ${grantId} and h.kind = ${kind} and h.request_id = ${requestId})`;
  return grant ?? null;
}

/** A grant for its emails. */
export async function readTemporaryCredit(q: Queries, clientId: string, grantId: string): Promise<GrantRecord | null> {
  const grant = await findGrant(q, clientId, grantId);
  return grant && toGrantRecord(grant);
}

interface NewGrant {
  readonly clientId: string;
  readonly requestId: string;
  readonly amount: Micros;
  readonly percent: string | null;
  readonly currency: string;
  readonly fromMs: number;
  readonly untilMs: number;
  readonly warnAtMs: number | null;
  readonly status: GrantStatus;
  readonly reason: string;
  readonly grantedBy: string;
  readonly atMs: number;
}

export async function insertGrant(tx: Transaction, grant: NewGrant): Promise<GrantRow> {
  const [row] = await tx<GrantRow[]>`
    insert into temporary_credits
      (client_id, seq, request_id, amount, percent, currency, valid_from, valid_until, warn_at, status, reason, granted_by, created_at)
    select ${grant.clientId}, coalesce(max(seq), 0) + 1, ${grant.requestId}, ${formatMoney(grant.amount)},
      ${grant.percent}, ${grant.currency}, ${new Date(grant.fromMs)}, ${new Date(grant.untilMs)},
      ${dateOrNull(grant.warnAtMs)}, ${grant.status}, ${grant.reason}, ${grant.grantedBy}, ${new Date(grant.atMs)}
    from temporary_credits where client_id = ${grant.clientId}
    returning ${columns(tx)}`;
  return existing(row);
}

interface GrantTerms {
  readonly amount: Micros;
  readonly percent: string | null;
  readonly untilMs: number;
  readonly warnAtMs: number | null;
  readonly warnedAt: Date | null;
}

export async function updateGrantTerms(tx: Transaction, id: string, terms: GrantTerms): Promise<GrantRow> {
  const [row] = await tx<GrantRow[]>`
    update temporary_credits set
      amount = ${formatMoney(terms.amount)}, percent = ${terms.percent}, valid_until = ${new Date(terms.untilMs)},
      warn_at = ${dateOrNull(terms.warnAtMs)}, warned_at = ${terms.warnedAt}, version = version + 1
    where id = ${id}
    returning ${columns(tx)}`;
  return existing(row);
}

export async function startGrant(tx: Transaction, id: string): Promise<GrantRow> {
  const [row] = await tx<GrantRow[]>`
    update temporary_credits set status = 'active', version = version + 1 where id = ${id} returning ${columns(tx)}`;
  return existing(row);
}

export async function markGrantWarned(tx: Transaction, id: string, atMs: number): Promise<void> {
  await tx`update temporary_credits set warned_at = ${new Date(atMs)}, version = version + 1 where id = ${id}`;
}

export async function endGrant(
  tx: Transaction,
  id: string,
  status: 'reverted' | 'cancelled',
  atMs: number,
): Promise<GrantRow> {
  const [row] = await tx<GrantRow[]>`
    update temporary_credits set status = ${status}, ended_at = ${new Date(atMs)}, version = version + 1
    where id = ${id} returning ${columns(tx)}`;
  return existing(row);
}

/** What a change does to the temporary credit, and who wanted it why. */
export interface GrantHistoryEntry {
  readonly kind: 'granted' | 'started' | 'changed' | 'cancelled' | 'reverted';
  /** permanent limit at that time */
  readonly limit: string;
  /** temporary credit before and after */
  readonly was: Micros;
  readonly is: Micros;
  readonly atMs: number;
  readonly actorId: string;
  readonly reason: string;
  /** absent: no request asked for it */
  readonly requestId?: string;
}

export async function addGrantHistory(
  tx: Transaction,
  grant: Pick<GrantRow, 'id' | 'clientId'>,
  entry: GrantHistoryEntry,
): Promise<void> {
  const limit = formatMoney(moneyOf(entry.limit));
  await tx`
    insert into credit_limit_history
      (client_id, at, kind, permanent_before, permanent_after, temporary_before, temporary_after, grant_id, actor, reason, request_id)
    values (${grant.clientId}, ${new Date(entry.atMs)}, ${entry.kind}, ${limit}, ${limit},
      ${formatMoney(entry.was)}, ${formatMoney(entry.is)}, ${grant.id}, ${entry.actorId}, ${entry.reason},
      ${entry.requestId ?? null})`;
}

function columns(q: Queries): ReturnType<Queries> {
  return q`id, client_id as "clientId", seq, amount, percent, currency, valid_from as "validFrom", valid_until as "validUntil",
    warn_at as "warnAt", warned_at as "warnedAt", status, reason, granted_by as "grantedBy", version`;
}

function existing(row: GrantRow | undefined): GrantRow {
  if (!row) throw new Error('a temporary credit that was just written is not there');
  return row;
}

function dateOrNull(ms: number | null): Date | null {
  return ms === null ? null : new Date(ms);
}

/** A grant as API and workflow show it. */
export function toGrantRecord(row: GrantRow): GrantRecord {
  return {
    seq: row.seq,
    id: row.id,
    clientId: row.clientId,
    amount: formatMoney(moneyOf(row.amount)),
    percent: row.percent === null ? null : row.percent.replace(/\.?0+$/, ''),
    currency: row.currency,
    validFrom: row.validFrom.toISOString(),
    validUntil: row.validUntil.toISOString(),
    status: row.status,
    reason: row.reason,
    grantedBy: row.grantedBy,
    version: row.version,
  };
}
