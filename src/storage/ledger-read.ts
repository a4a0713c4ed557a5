import { formatMoney, moneyOf } from '../domain/money.js';
import type { Queries } from './database.js';
import { entryColumns } from './ledger.js';
import { postedEntry, type EntryKind, type EntryRow, type PostedEntry } from './ledger-entries.js';
import { readPage, type Page, type PageRequest } from './paging.js';
import { visibleClient } from './visible.js';

/** A payment by its id, of a client within the reseller's subtree; null where there is none. */
export async function findPayment(q: Queries, externalId: string, withinReseller: string): Promise<PostedEntry | null> {
  const [row] = await q<EntryRow[]>`
    select ${entryColumns(q)} from ledger_entries e
    join clients c on c.id = e.client_id
    where e.kind = 'payment' and e.external_id = ${externalId} and ${visibleClient(q, withinReseller)}`;
  return row ? postedEntry(row, true) : null;
}

/** A running balance that is not the sum of the ledger: something wrote past it. */
export interface UnprovedBalance {
  readonly clientId: string;
  readonly live: string;
  readonly liveSum: string;
  readonly fixed: string;
  readonly fixedSum: string;
  readonly refillSeq: number;
  readonly payments: number;
}

/** Clients whose running balance differs from the sum of their ledger; none when all is well. */
export async function proveBalances(q: Queries): Promise<UnprovedBalance[]> {
  const rows = await q<UnprovedBalance[]>`
    select b.client_id as "clientId", b.live, s.live as "liveSum", b.fixed, s.fixed as "fixedSum",
      b.refill_seq::float8 as "refillSeq", s.payments::float8 as payments
    from balances b
    cross join lateral (
      select coalesce(sum(e.amount) filter (where e.kind <> 'invoice'), 0) as live,
        coalesce(sum(e.amount) filter (where e.kind in ('payment', 'invoice')), 0) as fixed,
        count(*) filter (where e.kind = 'payment') as payments
      from ledger_entries e where e.client_id = b.client_id
    ) s
    where b.live <> s.live or b.fixed <> s.fixed or b.refill_seq <> s.payments
    order by b.client_id`;
  return rows.map((row) => ({
    ...row,
    live: formatMoney(moneyOf(row.live)),
    liveSum: formatMoney(moneyOf(row.liveSum)),
    fixed: formatMoney(moneyOf(row.fixed)),
    fixedSum: formatMoney(moneyOf(row.fixedSum)),
  }));
}

export interface EntryFilter {
  readonly kind: EntryKind | null;
  /** by when it occurred, `from <= t < to` */
  readonly from: Date | null;
  readonly to: Date | null;
}

export type EntrySort = 'at';

/** A client's entries. */
export async function listEntries(
  q: Queries,
  clientId: string,
  filter: EntryFilter,
  page: PageRequest<EntrySort>,
): Promise<Page<PostedEntry>> {
  const where = q`e.client_id = ${clientId}
    and ${filter.kind === null ? q`true` : q`e.kind = ${filter.kind}`}
    and ${filter.from ? q`e.occurred_at >= ${filter.from}` : q`true`}
    and ${filter.to ? q`e.occurred_at < ${filter.to}` : q`true`}`;
  const found = await readPage<EntryRow, EntrySort>(q, page, {
    columns: {
      id: { expression: q`e.id`, type: 'bigint' },
      at: { expression: q`e.occurred_at`, type: 'timestamptz' },
    },
    select: ({ within, orderBy, limit, position }) => q`
      select ${entryColumns(q)}, ${position} as position from ledger_entries e
      where ${where} and ${within} order by ${orderBy} limit ${limit}`,
    count: () => q`select count(*)::int as total from ledger_entries e where ${where}`,
  });
  return { ...found, rows: found.rows.map((row) => postedEntry(row, false)) };
}
