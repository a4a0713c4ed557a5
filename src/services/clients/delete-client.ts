import type { OwnReason } from '../../domain/credit/own-reasons.js';
import { DomainError } from '../../domain/errors.js';
import { resolveMissingRecipients } from '../../storage/events/missing-recipients.js';
import { markClientDeleted } from '../../storage/clients/lifecycle/client-lifecycle.js';
import { findClient, lockClient, type ClientRow } from '../../storage/clients/clients.js';
import { resolveClientLow } from '../../storage/monitoring/rule-effects.js';
import { enqueueSignal } from '../../storage/monitoring/outbox.js';
import { scopeWithin } from '../../storage/system/scope.js';
import { change, recordedAll, type Precondition, type Requester } from '../change.js';
import { cancelOpenGrant } from '../credit/cancel-open-grant.js';
import { refuseOpenRequests } from '../credit/requests/refuse-open-requests.js';
import { invoiceNow } from '../invoicing/invoice-now.js';
import { refuseCharging } from './require-auto-payment.js';
import { clientEntry, clientFieldsOf } from './client-fields.js';

/**
 * Marks a client as deleted: its temporary credit, its pending credit requests, and its monitor end, its history stays.
 * With `finalInvoice`, what is not invoiced yet is, up to now.
 *
 * @throws DomainError `not_found`; `client_deleted` when it was already; `auto_payment_in_flight` while its card is charged
 */
export function deleteClient(
  requester: Requester,
  id: string,
  { reason, finalInvoice = false }: { readonly reason: string | null; readonly finalInvoice?: boolean },
  precondition: Precondition<ClientRow>,
): Promise<ClientRow> {
  const { scope, now } = requester;
  return change(requester, async (tx) => {
    const row = await lockClient(tx, scope.resellerId, id, now);
    if (!row) throw new DomainError('not_found', `there is no client ${id}`, '/path/id');
    precondition(row);
    await refuseCharging(tx, id);
    // Before it is deleted, for a deleted client is not invoiced.
    if (finalInvoice && row.status !== 'deleted') {
      await invoiceNow({ ...requester, scope: scopeWithin(scope, tx) }, id, null);
    }
    const { status } = clientFieldsOf(row);
    const why = reason ?? ('client deleted' satisfies OwnReason);
    const cancelled = await cancelOpenGrant(tx, requester, row, why);
    const refused = await refuseOpenRequests(tx, requester, id, why);
    await markClientDeleted(tx, id);
    await resolveClientLow(tx, id, now, 'The client was deleted');
    await resolveMissingRecipients(tx, id, now);
    await enqueueSignal(tx, id, 'configurationChanged');
    const deleted = clientEntry('client.delete', id, { reason, before: { status }, after: { status: 'deleted' } });
    const gone = await findClient(tx, scope.resellerId, id, now);
    if (!gone) throw new Error('a client that was just deleted is not there');
    return recordedAll(gone, [...(cancelled ? [cancelled] : []), ...refused, deleted]);
  });
}
