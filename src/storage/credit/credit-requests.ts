import type { CreditRequestKind, CreditRequestStatus } from '../../domain/credit/credit-requests.js';
import { formatMoney, type Micros } from '../../domain/money.js';
import type { Queries, Transaction } from '../system/database.js';

/** The rows of credit requests. */

export interface CreditRequestRow {
  readonly id: string;
  readonly clientId: string;
  readonly kind: CreditRequestKind;
  readonly status: CreditRequestStatus;
  /** the increase, or the new permanent limit */
  readonly amount: string;
  /** null: an amount was given */
  readonly percent: string | null;
  readonly currency: string;
  /** null: from the approval on */
  readonly validFrom: Date | null;
  /** null: a permanent limit */
  readonly validUntil: Date | null;
  readonly reason: string;
  readonly requestedBy: string;
  /** the user behind it; null: a key without an owner */
  readonly requesterUserId: string | null;
  readonly createdAt: Date;
  readonly expiresAt: Date;
  readonly approvedAmount: string | null;
  readonly approvedUntil: Date | null;
  readonly decidedBy: string | null;
  readonly decidedAt: Date | null;
  readonly decisionReason: string | null;
  /** why an approved one could not be granted: a failure code */
  readonly failure: string | null;
  readonly grantId: string | null;
  readonly version: number;
}

interface NewCreditRequest {
  readonly clientId: string;
  readonly requestId: string;
  readonly kind: CreditRequestKind;
  readonly amount: Micros;
  readonly percent: string | null;
  readonly currency: string;
  readonly fromMs: number | null;
  readonly untilMs: number | null;
  readonly reason: string;
  readonly requestedBy: string;
  readonly requesterUserId: string | null;
  readonly atMs: number;
  readonly expiresMs: number;
}

export async function insertCreditRequest(tx: Transaction, request: NewCreditRequest): Promise<CreditRequestRow> {
  const [row] = await tx<CreditRequestRow[]>`
    insert into credit_requests as r (client_id, request_id, kind, status, amount, percent, currency, valid_from, valid_until,
      reason, requested_by, requester_user_id, created_at, expires_at)
    values (${request.clientId}, ${request.requestId}, ${request.kind}, 'pending', ${formatMoney(request.amount)},
      ${request.percent}, ${request.currency}, ${dateOrNull(request.fromMs)}, ${dateOrNull(request.untilMs)},
      ${request.reason}, ${request.requestedBy}, ${request.requesterUserId}, ${new Date(request.atMs)},
      ${new Date(request.expiresMs)})
    returning ${requestColumns(tx)}`;
  return existing(row);
}

/** The one that was made under this id. */
export async function findCreditRequestByKey(
  q: Queries,
  clientId: string,
  requestId: string,
): Promise<CreditRequestRow | null> {
  const [row] = await q<CreditRequestRow[]>`
    select ${requestColumns(q)} from credit_requests r where r.client_id = ${clientId} and r.request_id = ${requestId}`;
  return row ?? null;
}

/** The one that waits for its decision or is being carried out, by the table. */
export async function findOpenCreditRequest(
  q: Queries,
  clientId: string,
  kind: CreditRequestKind,
): Promise<CreditRequestRow | null> {
  const [row] = await q<CreditRequestRow[]>`
    select ${requestColumns(q)} from credit_requests r
    where r.client_id = ${clientId} and r.kind = ${kind} and r.status in ('pending', 'approved')`;
  return row ?? null;
}

/** Its row locked. Lock the client's row first, where both are needed. */
export async function lockCreditRequest(tx: Transaction, id: string): Promise<CreditRequestRow | null> {
  const [row] = await tx<CreditRequestRow[]>`
    select ${requestColumns(tx)} from credit_requests r where r.id = ${id} for update`;
  return row ?? null;
}

interface CreditDecision {
  readonly status: Exclude<CreditRequestStatus, 'pending' | 'granted'>;
  /** `system`: it expired */
  readonly by: string;
  readonly atMs: number;
  readonly reason: string | null;
  readonly approved?: { readonly amount: Micros; readonly untilMs: number | null };
  readonly failure?: string;
}

export async function decideCreditRequest(
  tx: Transaction,
  id: string,
  { status, by, atMs, reason, approved, failure }: CreditDecision,
): Promise<CreditRequestRow> {
  const [row] = await tx<CreditRequestRow[]>`
    update credit_requests r set status = ${status}, decided_by = ${by}, decided_at = ${new Date(atMs)},
      decision_reason = ${reason}, approved_amount = ${approved ? formatMoney(approved.amount) : null},
      approved_until = ${dateOrNull(approved?.untilMs ?? null)}, failure = ${failure ?? null}, version = version + 1
    where id = ${id} returning ${requestColumns(tx)}`;
  return existing(row);
}

/** An approved one has become a temporary credit, or the permanent limit (null). */
export async function markCreditRequestGranted(
  tx: Transaction,
  id: string,
  grantId: string | null,
): Promise<CreditRequestRow> {
  const [row] = await tx<CreditRequestRow[]>`
    update credit_requests r set status = 'granted', grant_id = ${grantId}, version = version + 1
    where id = ${id} returning ${requestColumns(tx)}`;
  return existing(row);
}

/** An approved one could not be granted. */
export async function markCreditRequestFailed(
  tx: Transaction,
  id: string,
  failure: { readonly code: string; readonly detail: string },
): Promise<CreditRequestRow> {
  const [row] = await tx<CreditRequestRow[]>`
    update credit_requests r set status = 'refused', failure = ${failure.code}, decision_reason = ${failure.detail},
      version = version + 1
    where id = ${id} returning ${requestColumns(tx)}`;
  return existing(row);
}

/** Those whose next step is late: Temporal was not reached, a signal was lost, or their workflow was. */
export async function readStalledCreditRequests(q: Queries, forMs: number, limit: number): Promise<string[]> {
  const late = q`now() - ${forMs} * interval '1 ms'`;
  const rows = await q<{ id: string }[]>`
    select id from credit_requests
    where status = 'approved' and decided_at < ${late} or status = 'pending' and expires_at < ${late}
    order by id limit ${limit}`;
  return rows.map(({ id }) => id);
}

/** Columns of `credit_requests`, which statements name `r` where they read. */
export function requestColumns(q: Queries): ReturnType<Queries> {
  return q`r.id, r.client_id as "clientId", r.kind, r.status, r.amount, r.percent, r.currency,
    r.valid_from as "validFrom", r.valid_until as "validUntil", r.reason, r.requested_by as "requestedBy",
    r.requester_user_id as "requesterUserId", r.created_at as "createdAt", r.expires_at as "expiresAt",
    r.approved_amount as "approvedAmount", r.approved_until as "approvedUntil", r.decided_by as "decidedBy",
    r.decided_at as "decidedAt", r.decision_reason as "decisionReason", r.failure, r.grant_id as "grantId", r.version`;
}

function existing(row: CreditRequestRow | undefined): CreditRequestRow {
  if (!row) throw new Error('a credit request that was just written is not there');
  return row;
}

function dateOrNull(ms: number | null): Date | null {
  return ms === null ? null : new Date(ms);
}
