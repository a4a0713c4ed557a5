import type { Queries, Transaction } from '../system/database.js';
import type { ListQuery } from '../system/paging.js';

/** The ledger of a reseller with the reseller above it. */

export const resellerEntryKinds = ['payment', 'adjustment'] as const;
type ResellerEntryKind = (typeof resellerEntryKinds)[number];

export interface NewResellerEntry {
  readonly resellerId: string;
  readonly kind: ResellerEntryKind;
  readonly externalId: string;
  /** decimal string, signed */
  readonly amount: string;
  readonly currency: string;
  /** null: now */
  readonly occurredAt: Date | null;
  readonly source: string;
  readonly note: string | null;
}

export interface ResellerEntryRow {
  readonly id: string;
  readonly resellerId: string;
  readonly kind: ResellerEntryKind;
  readonly externalId: string;
  readonly amount: string;
  readonly currency: string;
  readonly occurredAt: Date;
  readonly undated: boolean;
  readonly recordedAt: Date;
  readonly liveAfter: string;
  readonly source: string;
  readonly note: string | null;
}

function columns(q: Queries): ReturnType<Queries> {
  return q`e.id, e.reseller_id as "resellerId", e.kind, e.external_id as "externalId", e.amount, e.currency,
    e.occurred_at as "occurredAt", e.undated, e.recorded_at as "recordedAt", e.live_after as "liveAfter", e.source, e.note`;
}

/** Null when the reseller has no entry of this kind and id. */
export async function findResellerEntry(
  q: Queries,
  { resellerId, kind, externalId }: Pick<NewResellerEntry, 'resellerId' | 'kind' | 'externalId'>,
): Promise<ResellerEntryRow | null> {
  const [row] = await q<ResellerEntryRow[]>`
    select ${columns(q)} from reseller_entries e
    where e.reseller_id = ${resellerId} and e.kind = ${kind} and e.external_id = ${externalId}`;
  return row ?? null;
}

/** Adds an entry and moves the balance. Call it on the locked row of the reseller. */
export async function insertResellerEntry(tx: Transaction, entry: NewResellerEntry): Promise<ResellerEntryRow> {
  const [row] = await tx<ResellerEntryRow[]>`
    with moved as (
      update resellers set live = live + ${entry.amount}::numeric where id = ${entry.resellerId} returning live
    )
    insert into reseller_entries as e
      (reseller_id, kind, external_id, amount, currency, occurred_at, undated, recorded_at, live_after, source, note)
    select ${entry.resellerId}, ${entry.kind}, ${entry.externalId}, ${entry.amount}, ${entry.currency},
      to_second(coalesce(${entry.occurredAt}::timestamptz, statement_timestamp())), ${entry.occurredAt === null},
      statement_timestamp(), moved.live, ${entry.source}, ${entry.note}
    from moved
    returning ${columns(tx)}`;
  if (!row) throw new TypeError('an inserted entry is returned');
  return row;
}

export async function hasEntries(q: Queries, resellerId: string): Promise<boolean> {
  const rows = await q`select 1 from reseller_entries where reseller_id = ${resellerId} limit 1`;
  return rows.length > 0;
}

interface EntryFilter {
  readonly kind: ResellerEntryKind | null;
  /** by when it occurred, `from <= t < to` */
  readonly from: Date | null;
  readonly to: Date | null;
}

export function resellerEntryList(
  q: Queries,
  resellerId: string,
  filter: EntryFilter,
): ListQuery<ResellerEntryRow, 'at'> {
  const wanted = q`e.reseller_id = ${resellerId}
    and (${filter.kind}::text is null or e.kind = ${filter.kind})
    and (${filter.from}::timestamptz is null or e.occurred_at >= ${filter.from})
    and (${filter.to}::timestamptz is null or e.occurred_at < ${filter.to})`;
  return {
    columns: {
      id: { expression: q`e.id`, type: 'bigint' },
      at: { expression: q`e.occurred_at`, type: 'timestamptz' },
    },
    select: ({ within, orderBy, limit, position }) => q`
      select ${columns(q)}, ${position} as position from reseller_entries e
      where ${wanted} and ${within} order by ${orderBy} limit ${limit}`,
    count: () => q`select count(*)::int as total from reseller_entries e where ${wanted}`,
  };
}
