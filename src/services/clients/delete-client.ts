import { DomainError } from '../../domain/errors.js';
import { markClientDeleted } from '../../storage/clients/lifecycle/client-lifecycle.js';
import { findClient, lockClient, type ClientRow } from '../../storage/clients/clients.js';
import { resolveClientLow } from '../../storage/monitoring/rule-effects.js';
import { enqueueSignal } from '../../storage/monitoring/outbox.js';
import { change, recordedAll, type Precondition, type Requester } from '../change.js';
import { cancelOpenGrant } from '../credit/cancel-open-grant.js';
import { clientEntry, clientFieldsOf } from './client-fields.js';

/**
 * Marks a client as deleted: its temporary credit and its monitor end, its history stays.
 *
 * @throws DomainError `not_found`; `client_deleted` when it was already
 */
export function deleteClient(
  requester: Requester,
  id: string,
  reason: string | null,
  precondition: Precondition<ClientRow>,
): Promise<ClientRow> {
  const { scope, now } = requester;
  return change(requester, async (tx) => {
    const row = await lockClient(tx, scope.resellerId, id, now);
    if (!row) throw new DomainError('not_found', `there is no client ${id}`, '/path/id');
    precondition(row);
    const { status } = clientFieldsOf(row);
    const cancelled = await cancelOpenGrant(tx, requester, row, reason ?? 'client deleted');
    await markClientDeleted(tx, id);
    await resolveClientLow(tx, id, now, 'The client was deleted');
    await enqueueSignal(tx, id, 'configurationChanged');
    const deleted = clientEntry('client.delete', id, { reason, before: { status }, after: { status: 'deleted' } });
    const gone = await findClient(tx, scope.resellerId, id, now);
    if (!gone) throw new Error('a client that was just deleted is not there');
    return recordedAll(gone, cancelled ? [cancelled, deleted] : [deleted]);
  });
}
