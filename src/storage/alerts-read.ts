import type { Queries } from './database.js';
import { readPage, type Page, type PageRequest } from './paging.js';
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
}

export type AlertSort = 'lastAt' | 'firstAt' | 'id';

export async function listAlerts(
  q: Queries,
  caller: { readonly resellerId: string; readonly isOperator: boolean },
  filter: AlertFilter,
  page: PageRequest<AlertSort>,
): Promise<Page<AlertRow>> {
  const seen = caller.isOperator
    ? q`true`
    : q`case when a.client_id is not null then ${visibleClient(q, caller.resellerId)}
        else ${visibleReseller(q, q`a.reseller_id`, caller.resellerId)} end`;
  const wanted = q`
    ${seen}
    and (${filter.status} = 'all' or (a.resolved_at is null) = (${filter.status} = 'open'))
    and (${filter.kind}::text is null or a.kind = ${filter.kind})
    and (${filter.clientId}::bigint is null or a.client_id = ${filter.clientId})`;
  return readPage<AlertRow, AlertSort>(q, page, {
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
  });
}
