import type { Actor } from '../../domain/monitoring/state.js';
import { DomainError } from '../../domain/errors.js';
import { formatMoney, moneyOf, parseMoney } from '../../domain/money.js';
import { auditedBy, writeAudit } from '../system/audit.js';
import type { Queries, Transaction } from '../system/database.js';
import { enqueueSignal } from '../monitoring/outbox.js';
import type { ListQuery } from '../system/paging.js';

interface CreditLimitChange {
  readonly clientId: string;
  /** the new permanent limit, a decimal string in the client's currency; may be negative (docs/manuals.md#client-form) */
  readonly limit: string;
  readonly actor: Actor;
  readonly reason: string;
  /** ms since 1970 */
  readonly at: number;
}

interface CreditLimitResult {
  /** false: it was that already, and nothing was written */
  readonly changed: boolean;
  readonly before: string;
  readonly after: string;
  /** the client's version afterwards */
  readonly version: number;
}

/**
 * Sets a client's permanent credit limit: its history (docs/manuals.md#credit-limit), the audit row and the signal to
 * the monitor are one with the change.
 *
 * @throws DomainError `not_found`, `client_deleted`, `invalid` for what is no amount
 */
export async function setCreditLimit(tx: Transaction, change: CreditLimitChange): Promise<CreditLimitResult> {
  const { clientId, actor, reason } = change;
  const at = new Date(change.at);
  const after = formatMoney(parseMoney(change.limit, '/creditLimit'));
  const [client] = await tx<{ limit: string; status: string; version: number }[]>`
    select credit_limit as limit, status, version from clients where id = ${clientId} for update`;
  if (!client) throw new DomainError('not_found', 'there is no such client');
  if (client.status === 'deleted')
    throw new DomainError('client_deleted', 'the client is deleted: its limit stays as it is');
  const before = formatMoney(moneyOf(client.limit));
  if (before === after) return { changed: false, before, after, version: client.version };
  const [row] = await tx<{ version: number }[]>`
    update clients set credit_limit = ${after}, version = version + 1, updated_at = now()
    where id = ${clientId} returning version`;
  await tx`
    insert into credit_limit_history
      (client_id, at, kind, permanent_before, permanent_after, temporary_before, temporary_after, actor, reason)
    select ${clientId}, ${at}, 'set', ${before}, ${after}, t.amount, t.amount, ${actor.id}, ${reason}
    from (
      select coalesce(sum(amount), 0) as amount from temporary_credits
      where client_id = ${clientId} and status in ('scheduled', 'active') and valid_from <= ${at} and ${at} < valid_until
    ) t`;
  await writeAudit(tx, {
    ...auditedBy(actor),
    action: 'credit_limit.set',
    subjectType: 'client',
    subjectId: clientId,
    clientId,
    reason,
    before: { creditLimit: before },
    after: { creditLimit: after },
  });
  await enqueueSignal(tx, clientId, 'balanceChanged');
  return { changed: true, before, after, version: row?.version ?? client.version + 1 };
}

/** One change of what a client may owe. */
export interface CreditLimitHistoryRow {
  readonly id: string;
  readonly at: Date;
  readonly kind: 'set' | 'granted' | 'started' | 'changed' | 'cancelled' | 'reverted';
  readonly permanentBefore: string;
  readonly permanentAfter: string;
  readonly temporaryBefore: string;
  readonly temporaryAfter: string;
  /** the temporary credit that it concerns; null: the permanent limit was set */
  readonly grantId: string | null;
  readonly actor: string;
  readonly reason: string | null;
}

/** Newest first. */
export function creditLimitHistoryList(q: Queries, clientId: string): ListQuery<CreditLimitHistoryRow, 'id'> {
  return {
    columns: { id: { expression: q`h.id`, type: 'bigint' } },
    select: ({ within, orderBy, limit, position }) => q`
      select h.id, h.at, h.kind, h.permanent_before as "permanentBefore", h.permanent_after as "permanentAfter",
        h.temporary_before as "temporaryBefore", h.temporary_after as "temporaryAfter", h.grant_id as "grantId",
        h.actor, h.reason, ${position} as position
      from credit_limit_history h where h.client_id = ${clientId} and ${within} order by ${orderBy} limit ${limit}`,
    count: () => q`select count(*)::int as total from credit_limit_history h where h.client_id = ${clientId}`,
  };
}
