import { DomainError } from '../../domain/errors.js';
import { markClientDeleted } from '../../storage/clients/client-writes.js';
import { lockClient, type ClientRow } from '../../storage/clients/clients.js';
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
): Promise<void> {
  const { scope, now } = requester;
  return change(requester, async (tx) => {
    const row = await lockClient(tx, scope.resellerId, id, now);
    if (!row) throw new DomainError('not_found', `there is no client ${id}`, '/path/id');
    precondition(row);
    const { status } = clientFieldsOf(row);
    const cancelled = await cancelOpenGrant(tx, requester, row, reason ?? 'client deleted');
    await markClientDeleted(tx, id);
    await enqueueSignal(tx, id, 'configurationChanged');
    const deleted = clientEntry('client.delete', id, { reason, before: { status }, after: { status: 'deleted' } });
    return recordedAll(undefined, cancelled ? [cancelled, deleted] : [deleted]);
  });
}
