import type { Micros } from '../../domain/money.js';
import type { InvoiceRow } from '../../storage/invoicing/invoices.js';
import { change, recorded, unchanged, type Requester } from '../change.js';
import { issueInstant, nothingToInvoice } from './create-invoice.js';
import { lockInvoice, requireDraft } from './invoice-access.js';
import { invoiceEntry } from './invoice-entry.js';
import { issueDraft } from './issue-drafts.js';

/**
 * Issues a draft. One that is issued already stays as it is, so that the request may be repeated.
 *
 * @param order.issuedOn null: now; else its midnight in the client's zone
 * @param order.expectedTotal what the requester saw; null: any
 * @throws DomainError `not_found`, `invoice_state` (void), `invoice_empty`, `invoice_changed`, `invalid`
 */
export function issueInvoice(
  requester: Requester,
  id: string,
  order: { readonly issuedOn: string | null; readonly expectedTotal: Micros | null },
): Promise<InvoiceRow> {
  return change(requester, async (tx) => {
    const { account, invoice } = await lockInvoice(tx, requester, id);
    if (invoice.status === 'issued') return unchanged(invoice);
    requireDraft(invoice);
    const issuedAt = issueInstant(account, order.issuedOn, invoice.periodEnd, requester.now);
    const { expectedTotal } = order;
    const issued = await issueDraft(tx, requester, account, invoice, { issuedAt, expectedTotal });
    if (!issued) throw nothingToInvoice();
    return recorded(issued, invoiceEntry('invoice.issue', null, invoice, issued));
  });
}
