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
  const start = new Date(periodStart);
  const rows = await q<{ kind: LineKind; description: string | null; entries: string; amount: string }[]>`
    with held as (
      select e.seq, e.note, e.amount,
        case when e.external_id like ${`${typedLinePrefix}%`} then 'typed'
          when e.kind = 'adjustment' then 'adjustments'
          when e.occurred_at >= ${start} then 'charges' else 'earlier' end as kind
      from ledger_entries e
      where e.client_id = ${clientId} and e.kind = any(${[...invoicedKinds]})
        and e.seq <= ${to.seq.toString()} and e.occurred_at < ${new Date(to.until)}
        and (e.seq > ${from.seq.toString()} or e.occurred_at >= ${from.until === null ? null : new Date(from.until)}::timestamptz)
    )
    select kind, case when kind in ('adjustments', 'typed') then note end as description, count(*) as entries,
      -sum(amount) as amount
    from held group by 1, 2
    order by array_position(array['charges', 'earlier', 'adjustments', 'typed'], kind), min(seq)`;
  return withFewAdjustments(rows.map((row) => ({ ...row, entries: Number(row.entries), amount: moneyOf(row.amount) })));
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
