import type { Fragment } from 'postgres';
import type { Queries } from './database.js';
import type { ListQuery } from './paging.js';
import { containing } from './text-match.js';
import { visibleClient, visibleReseller } from './visible.js';

/** What staff must know, for as long as it lasts. */
export interface AlertRow {
  readonly id: string;
  readonly kind: string;
  readonly clientId: string | null;
  readonly clientName: string | null;
  readonly resellerId: string | null;
  readonly detail: string;
  readonly firstAt: Date;
  readonly lastAt: Date;
  readonly times: number;
  readonly mailedAt: Date | null;
  readonly resolvedAt: Date | null;
}

export interface AlertFilter {
  readonly status: 'open' | 'resolved' | 'all';
  readonly kind: string | null;
  readonly clientId: string | null;
  /** within the detail or the client's name, without case */
  readonly q: string | null;
  /** seen at least once in `from <= t < to` */
  readonly from: Date | null;
  readonly to: Date | null;
}

interface AlertCaller {
  readonly resellerId: string;
  readonly isOperator: boolean;
}

export type AlertSort = 'lastAt' | 'firstAt' | 'id';

export function alertList(q: Queries, caller: AlertCaller, filter: AlertFilter): ListQuery<AlertRow, AlertSort> {
  const parts: Fragment[] = [visible(q, caller)];
  if (filter.status !== 'all') parts.push(q`(a.resolved_at is null) = ${filter.status === 'open'}`);
  if (filter.kind !== null) parts.push(q`a.kind = ${filter.kind}`);
  if (filter.clientId !== null) parts.push(q`a.client_id = ${filter.clientId}`);
  if (filter.q !== null) {
    parts.push(q`(lower(a.detail) like ${containing(filter.q)} or lower(c.name) like ${containing(filter.q)})`);
  }
  if (filter.from !== null) parts.push(q`a.last_at >= ${filter.from}`);
  if (filter.to !== null) parts.push(q`a.first_at < ${filter.to}`);
  const wanted = parts.reduce((all, part) => q`${all} and ${part}`);
  return {
    columns: {
      id: { expression: q`a.id`, type: 'bigint' },
      lastAt: { expression: q`a.last_at`, type: 'timestamptz' },
      firstAt: { expression: q`a.first_at`, type: 'timestamptz' },
    },
    select: ({ within, orderBy, limit, position }) => q`
      select a.id, a.kind, a.client_id as "clientId", c.name as "clientName", a.reseller_id as "resellerId", a.detail,
        a.first_at as "firstAt", a.last_at as "lastAt", a.times, a.mailed_at as "mailedAt",
        a.resolved_at as "resolvedAt", ${position} as position
      from alerts a left join clients c on c.id = a.client_id
      where ${wanted} and ${within} order by ${orderBy} limit ${limit}`,
    count: () => q`
      select count(*)::int as total from alerts a left join clients c on c.id = a.client_id where ${wanted}`,
  };
}

/** A condition on `alerts a` and `clients c`: what the list shows when nothing is asked for. */
export function openAlerts(q: Queries, caller: AlertCaller): Fragment {
  return q`${visible(q, caller)} and a.resolved_at is null`;
}

function visible(q: Queries, caller: AlertCaller): Fragment {
  if (caller.isOperator) return q`true`;
  return q`case when a.client_id is not null then ${visibleClient(q, caller.resellerId)}
    else ${visibleReseller(q, q`a.reseller_id`, caller.resellerId)} end`;
}
