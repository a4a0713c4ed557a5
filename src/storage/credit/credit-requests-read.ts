import type { Fragment } from 'postgres';
import type { CreditRequestKind, CreditRequestStatus } from '../../domain/credit/credit-requests.js';
import type { GrantStatus } from '../../domain/credit/grants.js';
import { actorName } from '../access/actor-name.js';
import { containing } from '../clients/text-match.js';
import type { Queries } from '../system/database.js';
import type { ListQuery } from '../system/paging.js';
import { visibleClient } from '../system/tenancy.js';
import { requestColumns, type CreditRequestRow } from './credit-requests.js';

/** A credit request as lists show it. */
export interface CreditRequestItemRow extends CreditRequestRow {
  readonly clientName: string;
  /** permanent limit now */
  readonly creditLimit: string;
  /** null: not a user or key, or not visible to the reseller */
  readonly requestedByName: string | null;
  readonly decidedByName: string | null;
  /** of the temporary credit that it became; null: none */
  readonly grantStatus: GrantStatus | null;
}

export interface CreditRequestFilter {
  readonly clientId: string | null;
  readonly kind: readonly CreditRequestKind[] | null;
  readonly status: readonly CreditRequestStatus[] | null;
  readonly requestedBy: string | null;
  /** within the client's name or the reason, without case */
  readonly q: string | null;
}

export const creditRequestSorts = ['id', 'expiresAt', 'clientName', 'amount', 'status'] as const;
type CreditRequestSort = (typeof creditRequestSorts)[number];

export function creditRequestList(
  q: Queries,
  resellerId: string,
  filter: CreditRequestFilter,
): ListQuery<CreditRequestItemRow, CreditRequestSort> {
  const parts: Fragment[] = [visibleClient(q, resellerId)];
  if (filter.clientId !== null) parts.push(q`r.client_id = ${filter.clientId}`);
  if (filter.kind !== null) parts.push(q`r.kind = any (${[...filter.kind]}::text[])`);
  if (filter.status !== null) parts.push(q`r.status = any (${[...filter.status]}::text[])`);
  if (filter.requestedBy !== null) parts.push(q`r.requested_by = ${filter.requestedBy}`);
  if (filter.q !== null) {
    parts.push(q`(lower(c.name) like ${containing(filter.q)} or lower(r.reason) like ${containing(filter.q)})`);
  }
  const wanted = parts.reduce((all, part) => q`${all} and ${part}`);
  return {
    columns: {
      id: { expression: q`r.id`, type: 'bigint' },
      expiresAt: { expression: q`r.expires_at`, type: 'timestamptz' },
      clientName: { expression: q`lower(c.name)`, type: 'text' },
      amount: { expression: q`r.amount`, type: 'numeric' },
      status: { expression: q`r.status`, type: 'text' },
    },
    select: ({ within, orderBy, limit, position }) => q`
      select ${itemColumns(q, resellerId)}, ${position} as position from ${tables(q)}
      where ${wanted} and ${within} order by ${orderBy} limit ${limit}`,
    count: () => q`select count(*)::int as total from ${tables(q)} where ${wanted}`,
  };
}

/** Null when there is none of a client within the reseller's subtree. */
export async function findCreditRequest(
  q: Queries,
  resellerId: string,
  id: string,
): Promise<CreditRequestItemRow | null> {
  const [row] = await q<CreditRequestItemRow[]>`
    select ${itemColumns(q, resellerId)} from ${tables(q)} where r.id = ${id} and ${visibleClient(q, resellerId)}`;
  return row ?? null;
}

/** How many temporary credits a client was granted since. */
export async function countGrantsSince(q: Queries, clientId: string, since: Date): Promise<number> {
  const [row] = await q<{ grants: number }[]>`
    select count(*)::int as grants from temporary_credits where client_id = ${clientId} and created_at >= ${since}`;
  return row?.grants ?? 0;
}

function tables(q: Queries): Fragment {
  return q`credit_requests r join clients c on c.id = r.client_id left join temporary_credits t on t.id = r.grant_id`;
}

function itemColumns(q: Queries, resellerId: string): Fragment {
  return q`${requestColumns(q)}, c.name as "clientName", c.credit_limit as "creditLimit", t.status as "grantStatus",
    ${actorName(q, q`r.requested_by`, resellerId)} as "requestedByName",
    ${actorName(q, q`r.decided_by`, resellerId)} as "decidedByName"`;
}
