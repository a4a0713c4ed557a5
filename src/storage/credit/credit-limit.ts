import { formatMoney, moneyOf } from '../../domain/money.js';
import type { Queries, Transaction } from '../system/database.js';
import type { ListQuery } from '../system/paging.js';

interface CreditLimitChange {
  readonly clientId: string;
  /** the new permanent limit, a formatted amount in the client's currency; may be negative */
  readonly creditLimit: string;
  readonly actorId: string;
  readonly reason: string;
  /** ms since 1970 */
  readonly atMs: number;
}

/** The permanent limit of a client, its row locked. */
export async function lockCreditLimit(
  tx: Transaction,
  clientId: string,
): Promise<{ readonly creditLimit: string; readonly currency: string }> {
  const [client] = await tx<{ creditLimit: string; currency: string }[]>`
    select credit_limit as "creditLimit", currency from clients where id = ${clientId} for update`;
  if (!client) throw new Error(`there is no client ${clientId} whose limit could be set`);
  return client;
}

/**
 * Sets a client's permanent credit limit with its history row.
 *
 * @returns the limit before; null where it was that already, and nothing was written
 */
export async function updateCreditLimit(
  tx: Transaction,
  { clientId, creditLimit, actorId, reason, atMs }: CreditLimitChange,
): Promise<{ readonly before: string } | null> {
  const at = new Date(atMs);
  const [client] = await tx<{ limit: string }[]>`
    select credit_limit as limit from clients where id = ${clientId} for update`;
  if (!client) throw new Error(`there is no client ${clientId} whose limit could be set`);
  const before = formatMoney(moneyOf(client.limit));
  if (before === creditLimit) return null;
  await tx`
    update clients set credit_limit = ${creditLimit}, version = version + 1, updated_at = now() where id = ${clientId}`;
  await tx`
    insert into credit_limit_history
      (client_id, at, kind, permanent_before, permanent_after, temporary_before, temporary_after, actor, reason)
    select ${clientId}, ${at}, 'set', ${before}, ${creditLimit}, t.amount, t.amount, ${actorId}, ${reason}
    from (
      select coalesce(sum(amount), 0) as amount from temporary_credits
      where client_id = ${clientId} and status in ('scheduled', 'active') and valid_from <= ${at} and ${at} < valid_until
    ) t`;
  return { before };
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
