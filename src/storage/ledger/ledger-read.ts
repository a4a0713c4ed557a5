import type { Fragment } from 'postgres';
import type { EntryKind } from '../../domain/ledger/entry-kinds.js';
import type { EntryRow } from '../../domain/ledger/entry.js';
import type { Queries } from '../system/database.js';
import { entryColumns } from './insert-entries.js';
import type { ListQuery } from '../system/paging.js';
import { ownClient } from '../clients/own-client.js';
import { localDay } from '../system/time-zones.js';
import { visibleClient } from '../system/tenancy.js';

interface FoundPayment extends EntryRow {
  readonly isOwn: boolean;
}

/**
 * Payments with this id, of clients within the reseller's subtree: an id is one within a reseller only.
 *
 * @param clientId null: of any client
 */
export function findPayments(
  q: Queries,
  externalId: string,
  withinReseller: string,
  clientId: string | null,
): Promise<FoundPayment[]> {
  return q<FoundPayment[]>`
    select ${entryColumns(q)}, ${ownClient(q, withinReseller)} as "isOwn" from ledger_entries e
    join clients c on c.id = e.client_id
    where e.kind = 'payment' and e.external_id = ${externalId} and ${visibleClient(q, withinReseller)}
      and (${clientId}::bigint is null or c.id = ${clientId})
    order by e.id`;
}

/**
 * The client to which a source's payment was recorded under the client's external id; null: it was not. The id may mean
 * another client by now, and a repeated payment is still that of the first one.
 */
export async function findPaidClient(
  q: Queries,
  payment: { readonly externalId: string; readonly source: string; readonly clientExternalId: string },
  withinReseller: string,
): Promise<string | null> {
  const [row] = await q<{ id: string }[]>`
    select c.id from ledger_entries e join clients c on c.id = e.client_id
    where e.kind = 'payment' and e.external_id = ${payment.externalId} and e.source = ${payment.source}
      and c.external_id = ${payment.clientExternalId} and ${visibleClient(q, withinReseller)}
    order by e.id limit 1`;
  return row?.id ?? null;
}

interface EntryFilter {
  readonly kind: EntryKind | null;
  /** by when it occurred, `from <= t < to` */
  readonly from: Date | null;
  readonly to: Date | null;
}

type EntrySort = 'at';

/** A client's entries. */
export function entryList(q: Queries, clientId: string, filter: EntryFilter): ListQuery<EntryRow, EntrySort> {
  const where = matching(q, clientId, filter);
  return {
    columns: {
      id: { expression: q`e.id`, type: 'bigint' },
      at: { expression: q`e.occurred_at`, type: 'timestamptz' },
    },
    select: ({ within, orderBy, limit, position }) => q`
      select ${entryColumns(q)}, ${position} as position from ledger_entries e
      where ${where} and ${within} order by ${orderBy} limit ${limit}`,
    count: () => q`select count(*)::int as total from ledger_entries e where ${where}`,
  };
}

/** One row of a client's activity: an entry, or the charges of a day. */
export interface ActivityRow extends EntryRow {
  /** of charges: the day in the zone that was asked for, `2026-03-01`; null: one entry, which the row holds */
  readonly day: string | null;
  /** when the day begins and ends */
  readonly dayFrom: Date | null;
  readonly dayTo: Date | null;
  readonly count: number;
  /** of all entries of the row */
  readonly total: string;
}

/**
 * A client's entries, its charges as one row a day: a busy client has thousands of them, between which its payments
 * are not found. A row is placed at its last entry, which is the one that it holds.
 *
 * @param zone whose days; `requireZone` has checked it
 */
export function activityList(
  q: Queries,
  clientId: string,
  filter: EntryFilter,
  zone: string,
): ListQuery<ActivityRow, EntrySort> {
  const where = matching(q, clientId, filter);
  const rows = q`
    select (array_agg(e.id order by e.occurred_at desc, e.id desc))[1] as id, max(e.occurred_at) as at,
      count(*)::int as count, sum(e.amount) as total, d.day
    from ledger_entries e cross join lateral ${localDay(q, q`e.occurred_at`, zone)} d
    where ${where} and e.kind = 'charge' group by d.day
    union all
    select e.id, e.occurred_at, 1, e.amount, null
    from ledger_entries e where ${where} and e.kind <> 'charge'`;
  return {
    columns: {
      id: { expression: q`r.id`, type: 'bigint' },
      at: { expression: q`r.at`, type: 'timestamptz' },
    },
    select: ({ within, orderBy, limit, position }) => q`
      select ${entryColumns(q)}, r.count, r.total, to_char(r.day, 'YYYY-MM-DD') as day,
        r.day at time zone ${zone} as "dayFrom", (r.day + interval '1 day') at time zone ${zone} as "dayTo",
        ${position} as position
      from (${rows}) r join ledger_entries e on e.id = r.id
      where ${within} order by ${orderBy} limit ${limit}`,
    count: () => q`select count(*)::int as total from (${rows}) r`,
  };
}

function matching(q: Queries, clientId: string, { kind, from, to }: EntryFilter): Fragment {
  return q`e.client_id = ${clientId}
    and ${kind === null ? q`true` : q`e.kind = ${kind}`}
    and ${from ? q`e.occurred_at >= ${from}` : q`true`}
    and ${to ? q`e.occurred_at < ${to}` : q`true`}`;
}
