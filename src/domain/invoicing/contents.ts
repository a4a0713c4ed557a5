import type { EntryKind } from '../ledger/entry-kinds.js';

/**
 * What an invoice contains: a formula over the entries of its client, not a mark on them, so that a charge that arrives
 * late for a closed period is on the next invoice, and none is on two or on none.
 */

/** Up to where a client is invoiced: the entries up to `seq` that occurred before `until`; null: none. */
export interface InvoicedMark {
  /** ms since 1970 */
  readonly until: number | null;
  /** of the client's ledger */
  readonly seq: bigint;
}

/** The kinds of entries that invoices list. Tax, payments, and the like would count twice in the fixed balance. */
export const invoicedKinds = ['charge', 'adjustment'] as const satisfies readonly EntryKind[];

interface LedgerPlace {
  readonly kind: EntryKind;
  readonly seq: bigint;
  readonly occurredAt: number;
}

/**
 * Whether the invoice that moves the mark from one place to another contains the entry. The statement of
 * src/storage/invoicing/invoice-contents.ts says the same.
 */
export function contains(from: InvoicedMark, to: InvoicedMark, entry: LedgerPlace): boolean {
  return (invoicedKinds as readonly string[]).includes(entry.kind) && isBefore(to, entry) && !isBefore(from, entry);
}

function isBefore({ until, seq }: InvoicedMark, entry: LedgerPlace): boolean {
  return until !== null && entry.seq <= seq && entry.occurredAt < until;
}

export function isSameMark(some: InvoicedMark, other: InvoicedMark): boolean {
  return some.until === other.until && some.seq === other.seq;
}
