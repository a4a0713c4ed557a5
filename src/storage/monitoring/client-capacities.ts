import type { Fragment } from 'postgres';
import type { CapacityDecision } from '../../domain/monitoring/actions/capacity.js';
import type { Queries } from '../system/database.js';
import type { ListQuery } from '../system/paging.js';
import { visibleClients } from '../system/tenancy.js';
import { decisionOf } from './capacity-changes.js';

/** What a switch should apply to one client. */
export interface ClientCapacityRow {
  readonly clientId: string;
  readonly externalId: string | null;
  /** of the last decision; 0: the capacity was never lowered */
  readonly sequence: string;
  /** null: no limit */
  readonly normal: number | null;
  readonly decision: CapacityDecision | null;
  readonly currency: string;
  /** of the last decision or edit of the client, whichever is later */
  readonly changedAt: Date;
}

export const clientCapacitySorts = ['id', 'changedAt'] as const;

/** The clients that the reseller sees and that are not deleted. */
export function clientCapacityList(
  q: Queries,
  resellerId: string,
  { changedSince }: { readonly changedSince: Date | null },
): ListQuery<ClientCapacityRow, (typeof clientCapacitySorts)[number]> {
  const changedAt = q`greatest(c.updated_at, k.at)`;
  const own = q`c.status <> 'deleted' and ${visibleClients(q, resellerId)}`;
  const where = changedSince === null ? own : q`${own} and ${changedAt} >= ${changedSince}`;
  return {
    columns: {
      id: { expression: q`c.id`, type: 'bigint' },
      changedAt: { expression: changedAt, type: 'timestamptz' },
    },
    select: ({ within, orderBy, limit, position }) => q`
        select c.id as "clientId", c.external_id as "externalId", c.currency, coalesce(k.sequence, 0) as sequence,
          c.origination_capacity as normal, ${changedAt} as "changedAt",
          case when k.sequence is not null then ${decisionOf(q)} end as decision,
          ${position} as position
        from ${tables(q)} where ${where} and ${within} order by ${orderBy} limit ${limit}`,
    count: () => q`select count(*)::int as total from ${tables(q)} where ${where}`,
  };
}

function tables(q: Queries): Fragment {
  return q`clients c left join lateral (
    select * from capacity_changes last where last.client_id = c.id order by last.sequence desc limit 1) k on true`;
}
