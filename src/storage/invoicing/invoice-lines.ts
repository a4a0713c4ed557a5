import { groupBy } from '../../domain/group-by.js';
import { formatMoney, moneyOf } from '../../domain/money.js';
import type { Queries, Transaction } from '../system/database.js';
import type { InvoiceLine } from './invoice-contents.js';

/** The lines that invoices keep: of a draft, those typed by hand. */

/** The stored lines of an invoice. */
export async function readStoredLines(q: Queries, invoiceId: string): Promise<InvoiceLine[]> {
  return (await readLinesOfInvoices(q, [invoiceId])).get(invoiceId) ?? [];
}

/** The stored lines of several invoices, by the ids of those that have some. */
export async function readLinesOfInvoices(
  q: Queries,
  invoiceIds: readonly string[],
): Promise<Map<string, InvoiceLine[]>> {
  const rows = await q<
    {
      invoiceId: string;
      kind: InvoiceLine['kind'];
      description: string | null;
      entries: string | null;
      amount: string;
    }[]
  >`
    select invoice_id as "invoiceId", kind, description, entries, amount from invoice_lines
    where invoice_id = any(${[...invoiceIds]}::bigint[]) order by invoice_id, position`;
  const lineOf = ({ kind, description, entries, amount }: (typeof rows)[number]): InvoiceLine => ({
    ...{ kind, description, entries: entries === null ? null : Number(entries), amount: moneyOf(amount) },
  });
  const grouped = groupBy(rows, ({ invoiceId }) => invoiceId);
  return new Map([...grouped].map(([invoiceId, lines]) => [invoiceId, lines.map(lineOf)]));
}

/** Replaces the stored lines of a draft. */
export function replaceLines(tx: Transaction, invoiceId: string, lines: readonly InvoiceLine[]): Promise<void> {
  return replaceLinesOfInvoices(tx, new Map([[invoiceId, lines]]));
}

/** Replaces the stored lines of several drafts. */
export async function replaceLinesOfInvoices(
  tx: Transaction,
  linesOf: ReadonlyMap<string, readonly InvoiceLine[]>,
): Promise<void> {
  await tx`delete from invoice_lines where invoice_id = any(${[...linesOf.keys()]}::bigint[])`;
  const rows = [...linesOf].flatMap(([invoiceId, lines]) =>
    lines.map(({ kind, description, entries, amount }, index) => ({
      invoice_id: invoiceId,
      position: index + 1,
      kind,
      description,
      entries,
      amount: formatMoney(amount),
    })),
  );
  if (rows.length === 0) return;
  await tx`
    insert into invoice_lines (invoice_id, position, kind, description, entries, amount)
    select invoice_id, position, kind, description, entries, amount
    from jsonb_to_recordset(${tx.json(rows)}) as l (
      invoice_id bigint, position integer, kind text, description text, entries bigint, amount numeric)`;
}
