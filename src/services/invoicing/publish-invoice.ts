import { insertInvoiceDocument } from '../../storage/invoicing/invoice-documents.js';
import { insertInvoiceEmails } from '../../storage/invoicing/invoice-emails.js';
import type { Transaction } from '../../storage/system/database.js';
import type { Requester } from '../change.js';

/**
 * What follows from issuing an invoice or a credit note, in the same transaction: what its PDF shows is kept, and its
 * email waits. A worker makes the PDF and sends it afterward, so that issuing waits for neither.
 */
export async function publishInvoice(tx: Transaction, { now }: Pick<Requester, 'now'>, id: string): Promise<void> {
  await insertInvoiceDocument(tx, id);
  await insertInvoiceEmails(tx, [{ invoiceId: id, kind: 'invoice', days: 0, at: new Date(now) }]);
}
