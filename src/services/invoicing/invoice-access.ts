import { DomainError } from '../../domain/errors.js';
import { findInvoice, findInvoices, type InvoiceRow } from '../../storage/invoicing/invoices.js';
import { lockInvoicingAccount, type InvoicingAccount } from '../../storage/invoicing/invoicing-account.js';
import type { Transaction } from '../../storage/system/database.js';
import type { Requester } from '../change.js';

/** Whether a change is one of clients that are deleted, too: what settles their last invoices is. */
type WhereDeleted = 'refused' | 'accepted';

/**
 * Locks what the invoices of a client depend on.
 *
 * @throws DomainError `not_found`, also outside of the scope; `client_deleted`
 */
export async function lockClient(
  tx: Transaction,
  { scope }: Pick<Requester, 'scope'>,
  clientId: string,
  deleted: WhereDeleted = 'refused',
): Promise<InvoicingAccount> {
  const account = await lockInvoicingAccount(tx, scope.resellerId, clientId);
  if (!account) throw new DomainError('not_found', `there is no client ${clientId}`, '/path/id');
  if (account.status === 'deleted' && deleted === 'refused') {
    throw new DomainError('client_deleted', 'the client is deleted and accepts no changes', '/path/id');
  }
  return account;
}

/** An invoice with its client, both as they are under the lock. */
export async function lockInvoice(
  tx: Transaction,
  requester: Pick<Requester, 'scope'>,
  id: string,
  deleted: WhereDeleted = 'refused',
): Promise<{ readonly account: InvoicingAccount; readonly invoice: InvoiceRow }> {
  const { resellerId } = requester.scope;
  const found = await findInvoice(tx, resellerId, id);
  if (!found) throw noInvoice(id);
  const account = await lockClient(tx, requester, found.clientId, deleted);
  const invoice = await findInvoice(tx, resellerId, id);
  if (!invoice) throw noInvoice(id);
  return { account, invoice };
}

function noInvoice(id: string): DomainError {
  return new DomainError('not_found', `there is no invoice ${id}`, '/path/id');
}

/** @throws DomainError `invoice_state` */
export function requireDraft({ status }: Pick<InvoiceRow, 'status'>): void {
  if (status === 'draft') return;
  throw new DomainError(
    'invoice_state',
    status === 'void' ? 'the invoice is void' : 'the invoice is issued: void it, or issue a credit note',
    '/path/id',
  );
}

/** The invoice as it is now. */
export async function readBack(tx: Transaction, requester: Pick<Requester, 'scope'>, id: string): Promise<InvoiceRow> {
  const [row] = await readAllBack(tx, requester, [id]);
  if (!row) throw new TypeError('an invoice that is read has a row');
  return row;
}

/** The same of several, in their order. */
export async function readAllBack(
  tx: Transaction,
  { scope }: Pick<Requester, 'scope'>,
  ids: readonly string[],
): Promise<InvoiceRow[]> {
  const rows = await findInvoices(tx, scope.resellerId, ids);
  return ids.map((id) => {
    const row = rows.get(id);
    if (!row) throw new Error('an invoice that was just written is not there');
    return row;
  });
}
