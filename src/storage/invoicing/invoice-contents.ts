import { invoicedKinds, type InvoicedMark } from '../../domain/invoicing/contents.js';
import { moneyOf, type Micros } from '../../domain/money.js';
import type { Queries } from '../system/database.js';

export const lineKinds = ['charges', 'earlier', 'adjustments', 'typed'] as const;
type LineKind = (typeof lineKinds)[number];

/** A line of an invoice. */
export interface InvoiceLine {
  readonly kind: LineKind;
  /** null: its kind says it */
  readonly description: string | null;
  /** ledger entries; null: typed by hand, and not posted yet */
  readonly entries: number | null;
  /** exact; above zero is owed */
  readonly amount: Micros;
}

/** What begins the ids of entries that typed lines were posted as: each stays a separate line. */
export const typedLinePrefix = 'invoice:';

/** More adjustments than a reader goes through are one line. */
const maxAdjustmentLines = 100;

/**
 * The lines of the invoice that moves the mark from one place to another: charges of the period and of earlier ones as one
 * line each, adjustments by their note. `contains` (src/domain/invoicing/contents.ts) says the same of one entry.
 *
 * @param periodStart ms; charges that occurred before it are earlier ones
 */
export async function readInvoiceContents(
  q: Queries,
  clientId: string,
  from: InvoicedMark,
  to: { readonly until: number; readonly seq: bigint },
  periodStart: number,
): Promise<InvoiceLine[]> {
  const [lines] = await readContentsOfInvoices(q, [{ clientId, from, to, periodStart }]);
  return lines ?? [];
}

/** What the invoice of a client holds: the arguments of `readInvoiceContents`. */
export interface InvoiceRange {
  readonly clientId: string;
  readonly from: InvoicedMark;
  readonly to: { readonly until: number; readonly seq: bigint };
  /** ms */
  readonly periodStart: number;
}

/** The same for several invoices, in their order. */
export async function readContentsOfInvoices(q: Queries, ranges: readonly InvoiceRange[]): Promise<InvoiceLine[][]> {
  if (ranges.length === 0) return [];
  const asked = ranges.map(({ clientId, from, to, periodStart }, n) => ({
    ...{ n, client_id: clientId, from_seq: from.seq.toString(), to_seq: to.seq.toString() },
    from_until: from.until === null ? null : new Date(from.until).toISOString(),
    to_until: new Date(to.until).toISOString(),
    start: new Date(periodStart).toISOString(),
  }));
  // Two branches, so that each reads an index from where the last invoice ends, however long the ledger is: what was
  // recorded since, and what was recorded before but occurred later.
  const rows = await q<{ n: number; kind: LineKind; description: string | null; entries: string; amount: string }[]>`
    with held as (
      select r.n, e.seq, e.note, e.amount,
        case when e.external_id like ${`${typedLinePrefix}%`} then 'typed'
          when e.kind = 'adjustment' then 'adjustments'
          when e.occurred_at >= r.start then 'charges' else 'earlier' end as kind
      from jsonb_to_recordset(${q.json(asked)}) as r (n integer, client_id bigint, from_seq bigint, to_seq bigint,
        from_until timestamptz, to_until timestamptz, start timestamptz)
      cross join lateral (
        select * from ledger_entries
        where client_id = r.client_id and seq > r.from_seq and seq <= r.to_seq and occurred_at < r.to_until
        union all
        select * from ledger_entries
        where client_id = r.client_id and occurred_at >= r.from_until and occurred_at < r.to_until
          and seq <= least(r.from_seq, r.to_seq)
      ) e
      where e.kind = any(${[...invoicedKinds]})
    )
    select n, kind, case when kind in ('adjustments', 'typed') then note end as description, count(*) as entries,
      -sum(amount) as amount
    from held group by 1, 2, 3
    order by n, array_position(array['charges', 'earlier', 'adjustments', 'typed'], kind), min(seq)`;
  const lines = ranges.map((): (InvoiceLine & { readonly entries: number })[] => []);
  for (const { n, entries, amount, ...row } of rows) {
    lines[n]?.push({ ...row, entries: Number(entries), amount: moneyOf(amount) });
  }
  return lines.map(withFewAdjustments);
}

function withFewAdjustments(lines: readonly (InvoiceLine & { readonly entries: number })[]): InvoiceLine[] {
  const adjustments = lines.filter(({ kind }) => kind === 'adjustments');
  if (adjustments.length <= maxAdjustmentLines) return [...lines];
  const merged: InvoiceLine = {
    kind: 'adjustments',
    description: null,
    entries: adjustments.reduce((all, { entries }) => all + entries, 0),
    amount: adjustments.reduce((all, { amount }) => all + amount, 0n),
  };
  const [first] = adjustments;
  return lines.flatMap((line): InvoiceLine[] =>
    line === first ? [merged] : line.kind === 'adjustments' ? [] : [line],
  );
}
