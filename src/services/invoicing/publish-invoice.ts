import { insertInvoiceDocuments } from '../../storage/invoicing/invoice-documents.js';
import { insertInvoiceEmails } from '../../storage/invoicing/invoice-emails.js';
import type { Transaction } from '../../storage/system/database.js';
import type { Requester } from '../change.js';

/**
 * What follows from issuing invoices or credit notes, in the same transaction: what their PDFs show is kept, and their
 * emails wait. A worker makes the PDFs and sends them afterward, so that issuing waits for neither.
 */
export async function publishInvoices(
  tx: Transaction,
  { now }: Pick<Requester, 'now'>,
  ids: readonly string[],
): Promise<void> {
  await insertInvoiceDocuments(tx, ids);
  const at = new Date(now);
  await insertInvoiceEmails(
    tx,
    ids.map((invoiceId) => ({ invoiceId, kind: 'invoice', days: 0, at })),
  );
}
