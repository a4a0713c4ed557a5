import { postedEntry, type EntryKind, type EntryRow, type PostedEntry } from '../../domain/ledger/ledger-entries.js';
import type { Queries } from '../system/database.js';
import { entryColumns } from './ledger.js';
import type { ListQuery } from '../system/paging.js';
import { visibleClient } from '../system/visible.js';

/** A payment by its id, of a client within the reseller's subtree; null where there is none. */
export async function findPayment(q: Queries, externalId: string, withinReseller: string): Promise<PostedEntry | null> {
  const [row] = await q<EntryRow[]>`
    select ${entryColumns(q)} from ledger_entries e
    join clients c on c.id = e.client_id
    where e.kind = 'payment' and e.external_id = ${externalId} and ${visibleClient(q, withinReseller)}`;
  return row ? postedEntry(row, true) : null;
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
  const where = q`e.client_id = ${clientId}
    and ${filter.kind === null ? q`true` : q`e.kind = ${filter.kind}`}
    and ${filter.from ? q`e.occurred_at >= ${filter.from}` : q`true`}
    and ${filter.to ? q`e.occurred_at < ${filter.to}` : q`true`}`;
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
