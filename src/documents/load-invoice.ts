import { localDate } from '../domain/invoicing/local-days.js';
import { moneyOf } from '../domain/money.js';
import { readInvoiceDocument, type DocumentRow } from '../storage/invoicing/invoice-documents.js';
import { readStoredLines } from '../storage/invoicing/invoice-lines.js';
import type { Queries } from '../storage/system/database.js';
import type { InvoiceDocument } from './invoice-document.js';
import { renderInvoicePdf } from './invoice-pdf.js';

export interface InvoiceFile {
  readonly name: string;
  readonly contentType: 'application/pdf';
  readonly content: Buffer;
}

/** The PDF of an invoice. */
export async function invoiceFile(document: InvoiceDocument): Promise<InvoiceFile> {
  return { name: fileName(document), contentType: 'application/pdf', content: await renderInvoicePdf(document) };
}

/** What an email about an invoice has attached: its PDF as it is now. */
export async function invoiceAttachment(q: Queries, invoiceId: string): Promise<InvoiceFile[]> {
  const document = await loadInvoice(q, invoiceId);
  return document ? [await invoiceFile(document)] : [];
}

/** A number may have slashes. */
function fileName({ type, no }: InvoiceDocument): string {
  return `${type === 'credit_note' ? 'credit-note' : 'invoice'}-${no.replaceAll('/', '-')}.pdf`;
}

/** What an issued invoice shows, which the reader may see; null: it is a draft. */
export async function loadInvoice(q: Queries, invoiceId: string): Promise<InvoiceDocument | null> {
  const row = await readInvoiceDocument(q, invoiceId);
  if (!row) return null;
  const isNote = row.type === 'credit_note';
  return {
    language: row.language,
    columns: row.columns,
    logo: row.logo,
    type: row.type,
    no: row.no,
    isVoid: row.status === 'void',
    madeAt: row.voidedAt ?? row.issuedAt,
    issuedOn: localDate(row.issuedAt.getTime(), row.timezone),
    periodFrom: localDate(row.periodStart.getTime(), row.timezone),
    periodTo: lastDay(row),
    dueOn: isNote ? null : row.dueOn,
    timezone: row.timezone,
    creditOfNo: row.creditOfNo,
    replacesNo: row.replacesNo,
    seller: { name: row.sellerName, email: row.sellerEmail, details: row.sellerDetails },
    buyer: {
      name: row.buyerName,
      address: row.buyerAddress,
      zip: row.buyerZip,
      taxId: row.buyerTaxId,
      registrationId: row.buyerRegistrationId,
    },
    description: isNote ? null : row.description,
    currency: row.currency,
    lines: await linesOf(q, invoiceId, row),
    net: moneyOf(row.net),
    tax: moneyOf(row.tax),
    total: moneyOf(row.total),
    taxTerms: taxOf(row),
    notes: row.notes,
  };
}

/** The last day of a period, half open: the one before its end, or the one in which it ends. */
function lastDay({ periodEnd, timezone }: Pick<DocumentRow, 'periodEnd' | 'timezone'>): string {
  return localDate(periodEnd.getTime() - 1, timezone);
}

/** A credit note has no lines: it is what it says. */
async function linesOf(q: Queries, invoiceId: string, row: DocumentRow): Promise<InvoiceDocument['lines']> {
  if (row.type === 'outgoing') return readStoredLines(q, invoiceId);
  return [{ kind: 'typed', description: row.description, entries: null, amount: moneyOf(row.net) }];
}

function taxOf({ taxRate, taxMode, taxLabel, taxNote }: DocumentRow): InvoiceDocument['taxTerms'] {
  if (taxRate === null || taxMode === null) return null;
  return { label: taxLabel ?? '', rate: taxRate, mode: taxMode, note: taxNote };
}
