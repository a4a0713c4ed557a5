import { DomainError } from '../../domain/errors.js';
import { deleteDraftRows } from '../../storage/invoicing/invoices.js';
import { change, recorded, type Requester } from '../change.js';
import { hasFixedLines } from './draft-contents.js';
import { lockInvoice, requireDraft } from './invoice-access.js';
import { invoiceEntry } from './invoice-entry.js';

/**
 * Deletes a draft: its charges go with the next invoice, its lines by hand are gone.
 *
 * @throws DomainError `not_found`, `invoice_state`, `in_use` for a draft that alone has the lines of an older invoice
 */
export function deleteInvoice(requester: Requester, id: string): Promise<void> {
  return change<void>(requester, async (tx) => {
    const { invoice } = await lockInvoice(tx, requester, id);
    requireDraft(invoice);
    if (hasFixedLines(invoice)) {
      throw new DomainError(
        'in_use',
        'the draft has the lines of the invoice that it replaces, which would never be invoiced: issue it',
        '/path/id',
      );
    }
    await deleteDraftRows(tx, [id]);
    return recorded(undefined, invoiceEntry('invoice.delete', null, invoice, null));
  });
}
