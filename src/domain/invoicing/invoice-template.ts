/** What invoices look like: a record of a reseller that its clients and those of its sub-resellers refer to. */

export const invoiceLanguages = ['en', 'uk'] as const;
export type InvoiceLanguage = (typeof invoiceLanguages)[number];

/** The columns of the lines; `position` is the number of the line, `entries` how many ledger entries it sums up. */
export const invoiceColumns = ['position', 'description', 'period', 'entries', 'amount'] as const;
export type InvoiceColumn = (typeof invoiceColumns)[number];

/** Of an invoice without a template. */
export const defaultInvoiceColumns: readonly InvoiceColumn[] = ['position', 'description', 'amount'];

export interface InvoiceTemplateFields {
  readonly resellerId: string;
  readonly name: string;
  readonly language: InvoiceLanguage;
  /** in the order in which they are printed */
  readonly columns: readonly InvoiceColumn[];
  /** below the reseller's name; null: nothing */
  readonly sellerDetails: string | null;
  /** below the total; null: nothing */
  readonly notes: string | null;
  /** of the email, in template language; null: that of the email's template */
  readonly subject: string | null;
  /** null: no logo */
  readonly logoId: string | null;
}

/** Why these columns can't be printed: without the first missing one, or with one twice; null: they can. */
export function columnsFault(columns: readonly InvoiceColumn[]): string | null {
  for (const needed of ['description', 'amount'] as const) {
    if (!columns.includes(needed)) return `must have the column ${needed}`;
  }
  return new Set(columns).size === columns.length ? null : 'must have each column once';
}
