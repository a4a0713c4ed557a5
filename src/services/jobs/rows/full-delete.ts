import { DomainError } from '../../../domain/errors.js';
import { readResentDeliveries, removeClientRows } from '../../../storage/clients/lifecycle/client-lifecycle.js';
import { readClientOwner } from '../../../storage/clients/clients.js';
import { change, recorded, unchanged, type Requester } from '../../change.js';
import type { RowService } from '../row-service.js';

/**
 * Removes a deleted client: what is left is an audit row without a name. Every step may be repeated. The rows go in one
 * transaction; the workflow executions of the client after them, for nothing then starts its monitor again.
 */
export const fullDeleteRow: RowService<'full_delete'> = {
  async throughMonitor({ requester, parameters: { clientId }, reason, monitors }) {
    await requireDeleted(requester, clientId);
    const resent = await requester.scope.read((q) => readResentDeliveries(q, clientId));
    if (resent.length > 0) await monitors.removeResends(resent);
    const removed = await removeRows(requester, clientId, reason);
    if (!removed) await requireDeleted(requester, clientId);
    const runs = await monitors.removeMonitor(clientId);
    return { outcome: 'done', detail: reportOf(removed, runs) };
  },
};

/** @throws DomainError `conflict` where the client was restored before the job came to it */
async function requireDeleted({ scope }: Requester, clientId: string): Promise<void> {
  const client = await scope.read((q) => readClientOwner(q, clientId));
  if (client && client.status !== 'deleted') throw new DomainError('conflict', 'the client was restored');
}

/** @returns null: an attempt before has removed them */
function removeRows(
  requester: Requester,
  clientId: string,
  reason: string,
): Promise<Readonly<Record<string, number>> | null> {
  return change(requester, async (tx) => {
    const removed = await removeClientRows(tx, clientId);
    if (!removed) return unchanged(null);
    return recorded(removed, {
      ...{ action: 'client.full_delete', subjectType: 'client', subjectId: clientId, reason, before: null },
      resellerId: requester.scope.resellerId,
      after: { removed },
    });
  });
}

function reportOf(removed: Readonly<Record<string, number>> | null, runs: number): string {
  const counts = Object.entries(removed ?? {}).filter(([, rows]) => rows > 0);
  const tables = counts.map(([table, rows]) => `${table} ${rows}`);
  const rows = removed ? tables.join(', ') : 'rows: removed by an earlier attempt';
  return `removed: ${[rows, `workflow executions ${runs}`].filter(Boolean).join(', ')}`;
}
