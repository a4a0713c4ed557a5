import type { InvoiceColumn, InvoiceLanguage } from '../domain/invoicing/invoice-template.js';
import type { InvoiceType } from '../domain/invoicing/payment-status.js';
import type { TaxMode } from '../domain/invoicing/totals.js';
import type { Micros } from '../domain/money.js';

interface DocumentLine {
  readonly kind: 'charges' | 'earlier' | 'adjustments' | 'typed';
  /** null: its kind says it */
  readonly description: string | null;
  readonly entries: number | null;
  readonly amount: Micros;
}

/** Everything that an invoice on paper shows. Nothing in it changes after the issue but that it is void. */
export interface InvoiceDocument {
  readonly language: InvoiceLanguage;
  readonly columns: readonly InvoiceColumn[];
  readonly logo: Buffer | null;
  readonly type: InvoiceType;
  readonly no: string;
  readonly isVoid: boolean;
  /** its id of the file, and the date in its facts: the issue, or when it was voided */
  readonly madeAt: Date;
  /** dates: `2026-03-31` */
  readonly issuedOn: string;
  readonly periodFrom: string;
  /** the last day */
  readonly periodTo: string;
  /** null: of a credit note */
  readonly dueOn: string | null;
  readonly timezone: string;
  /** the invoice that a credit note lowers */
  readonly creditOfNo: string | null;
  /** the void invoice that it replaces */
  readonly replacesNo: string | null;
  readonly seller: { readonly name: string; readonly email: string | null; readonly details: string | null };
  readonly buyer: {
    readonly name: string;
    readonly address: string | null;
    readonly zip: string | null;
    readonly taxId: string | null;
    readonly registrationId: string | null;
  };
  readonly description: string | null;
  readonly currency: string;
  readonly lines: readonly DocumentLine[];
  readonly net: Micros;
  readonly tax: Micros;
  readonly total: Micros;
  /** null: no tax */
  readonly taxTerms: {
    readonly label: string;
    /** percent: `19` */
    readonly rate: string;
    readonly mode: TaxMode;
    readonly note: string | null;
  } | null;
  readonly notes: string | null;
}
