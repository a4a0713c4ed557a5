import type { Fragment } from 'postgres';
import { actorName } from '../access/actor-name.js';
import type { CreditLimitHistoryRow } from './credit-limit.js';
import type { Queries } from '../system/database.js';
import type { ListQuery } from '../system/paging.js';
import { containing } from '../clients/text-match.js';
import { visibleClient } from '../system/tenancy.js';

/** A change of what some client may owe. */
export interface CreditLimitChangeRow extends CreditLimitHistoryRow {
  readonly clientId: string;
  readonly clientName: string;
  readonly currency: string;
  /** null: not a user, or not visible to the reseller */
  readonly actorName: string | null;
}

export interface CreditLimitChangeFilter {
  readonly clientId: string | null;
  readonly kind: readonly CreditLimitHistoryRow['kind'][] | null;
  readonly actor: string | null;
  readonly from: Date | null;
  /** not included */
  readonly to: Date | null;
  /** within the client's name or the reason, without case */
  readonly q: string | null;
}

/** The changes of the limits of all clients within the reseller's subtree. */
export function creditLimitChangeList(
  q: Queries,
  resellerId: string,
  filter: CreditLimitChangeFilter,
): ListQuery<CreditLimitChangeRow, 'id' | 'at'> {
  const wanted = conditions(q, resellerId, filter);
  const tables = q`credit_limit_history h join clients c on c.id = h.client_id`;
  return {
    columns: { id: { expression: q`h.id`, type: 'bigint' }, at: { expression: q`h.at`, type: 'timestamptz' } },
    select: ({ within, orderBy, limit, position }) => q`
      select h.id, h.at, h.kind, h.client_id as "clientId", c.name as "clientName", c.currency,
        h.permanent_before as "permanentBefore", h.permanent_after as "permanentAfter",
        h.temporary_before as "temporaryBefore", h.temporary_after as "temporaryAfter", h.grant_id as "grantId",
        h.actor, ${actorName(q, q`h.actor`, resellerId)} as "actorName", h.reason, ${position} as position
      from ${tables} where ${wanted} and ${within} order by ${orderBy} limit ${limit}`,
    count: () => q`select count(*)::int as total from ${tables} where ${wanted}`,
  };
}

function conditions(q: Queries, resellerId: string, filter: CreditLimitChangeFilter): Fragment {
  const parts: Fragment[] = [visibleClient(q, resellerId)];
  if (filter.clientId !== null) parts.push(q`h.client_id = ${filter.clientId}`);
  if (filter.kind !== null) parts.push(q`h.kind = any (${[...filter.kind]}::text[])`);
  if (filter.actor !== null) parts.push(q`h.actor = ${filter.actor}`);
  if (filter.from !== null) parts.push(q`h.at >= ${filter.from}`);
  if (filter.to !== null) parts.push(q`h.at < ${filter.to}`);
  if (filter.q !== null) {
    parts.push(q`(lower(c.name) like ${containing(filter.q)} or lower(h.reason) like ${containing(filter.q)})`);
  }
  return parts.reduce((all, part) => q`${all} and ${part}`);
}
