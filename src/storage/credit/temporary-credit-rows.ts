import type { Actor } from '../../domain/monitoring/state.js';
import type { GrantRecord } from '../../contract/monitor.js';
import { DomainError } from '../../domain/errors.js';
import type { GrantStatus } from '../../domain/grants.js';
import { formatMoney, moneyOf, type Micros } from '../../domain/money.js';
import { writeAudit } from '../system/audit.js';
import type { Queries, Transaction } from '../system/database.js';

/** The rows of temporary credits, and what every change of one writes beside it. */

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

/** What a change must know of the client. */
export interface ClientRow {
  readonly status: string;
  readonly balanceModel: string;
  readonly creditLimit: string;
  readonly currency: string;
}

/** Who does what is due by the clock. */
export const clockwork: Actor = { id: 'system', source: 'system' };

/** A grant for its mails. */
export async function readTemporaryCredit(
  sql: Queries,
  clientId: string,
  grantId: string,
): Promise<GrantRecord | null> {
  const [row] = await sql<GrantRow[]>`
    select ${columns(sql)} from temporary_credits where id = ${grantId} and client_id = ${clientId}`;
  return row ? view(row) : null;
}

/** Holds the client's row until the transaction ends: changes of one client's credit come one after another. */
export async function lockClient(tx: Transaction, clientId: string): Promise<ClientRow> {
  const [client] = await tx<ClientRow[]>`
    select status, balance_model as "balanceModel", credit_limit as "creditLimit", currency
    from clients where id = ${clientId} for update`;
  if (!client) throw new DomainError('not_found', 'there is no such client');
  return client;
}

export function isOpen(grant: GrantRow): boolean {
  return grant.status === 'scheduled' || grant.status === 'active';
}

export async function end(
  tx: Transaction,
  grant: GrantRow,
  status: 'reverted' | 'cancelled',
  atMs: number,
): Promise<GrantRow> {
  const [row] = await tx<GrantRow[]>`
    update temporary_credits set status = ${status}, ended_at = ${new Date(atMs)}, version = version + 1
    where id = ${grant.id} returning ${columns(tx)}`;
  return row as GrantRow;
}

/** What a change does to the temporary credit, and who wanted it why. */
export async function remember(
  tx: Transaction,
  grant: GrantRow,
  kind: 'granted' | 'started' | 'changed' | 'cancelled' | 'reverted',
  limit: Micros,
  temporary: { readonly was: Micros; readonly is: Micros },
  atMs: number,
  why: { readonly actor: Actor; readonly reason: string; readonly requestId?: string },
): Promise<void> {
  await tx`
    insert into credit_limit_history
      (client_id, at, kind, permanent_before, permanent_after, temporary_before, temporary_after, grant_id, actor, reason, request_id)
    values (${grant.clientId}, ${new Date(atMs)}, ${kind}, ${formatMoney(limit)}, ${formatMoney(limit)},
      ${formatMoney(temporary.was)}, ${formatMoney(temporary.is)}, ${grant.id}, ${why.actor.id}, ${why.reason},
      ${why.requestId ?? null})`;
}

export async function audit(
  tx: Transaction,
  action: string,
  grant: GrantRow,
  actor: Actor,
  reason: string,
  before: GrantRow | null,
): Promise<void> {
  await writeAudit(tx, {
    actor: actor.id,
    source: actor.source,
    action,
    subjectType: 'temporary_credit',
    subjectId: grant.id,
    clientId: grant.clientId,
    reason,
    before: before ? { ...view(before) } : null,
    after: { ...view(grant) },
    ...(actor.requestId !== undefined && { requestId: actor.requestId }),
  });
}

export function columns(sql: Queries): ReturnType<Queries> {
  return sql`id, client_id as "clientId", seq, amount, percent, currency, valid_from as "validFrom", valid_until as "validUntil",
    warn_at as "warnAt", warned_at as "warnedAt", status, reason, granted_by as "grantedBy", version`;
}

/** A grant as every face shows it. */
export function view(row: GrantRow): GrantRecord {
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
