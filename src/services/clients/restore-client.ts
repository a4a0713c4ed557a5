import { DomainError } from '../../domain/errors.js';
import { restoreClientRow } from '../../storage/clients/lifecycle/client-lifecycle.js';
import { findClient, lockClient, type ClientRow } from '../../storage/clients/clients.js';
import { requireOwner } from '../../storage/resellers/resellers.js';
import { enqueueSignal } from '../../storage/monitoring/outbox.js';
import { change, recorded, type Precondition, type Requester } from '../change.js';
import { clientEntry } from './client-fields.js';

/**
 * Restores a deleted client: it is then stopped, and monitored again once its status is set to active.
 *
 * @param externalId undefined: the one that it had
 * @throws DomainError `not_found`; `conflict` when it is not deleted, or its reseller is; `already_exists` where another client has its
 * external id now
 */
export function restoreClient(
  requester: Requester,
  id: string,
  { externalId, reason }: { readonly externalId: string | null | undefined; readonly reason: string | null },
  precondition: Precondition<ClientRow>,
): Promise<ClientRow> {
  const { scope, now } = requester;
  return change(requester, async (tx) => {
    const row = await lockClient(tx, scope.resellerId, id, now);
    if (!row) throw new DomainError('not_found', `there is no client ${id}`, '/path/id');
    precondition(row);
    if (row.status !== 'deleted') throw new DomainError('conflict', 'the client is not deleted', '/path/id');
    await requireOwner(tx, scope.resellerId, row.resellerId, '/path/id');
    await restoreClientRow(tx, id, externalId === undefined ? row.externalId : externalId);
    const restored = await findClient(tx, scope.resellerId, id, now);
    if (!restored) throw new Error('a client that was just restored is not there');
    await enqueueSignal(tx, id, 'configurationChanged');
    const before = { status: 'deleted', externalId: row.externalId };
    const after = { status: 'stop', externalId: restored.externalId };
    return recorded(restored, clientEntry('client.restore', id, { reason, before, after }));
  });
}
