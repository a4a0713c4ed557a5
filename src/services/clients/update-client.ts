import { DomainError } from '../../domain/errors.js';
import { parseWarningThresholds } from '../../domain/monitoring/rules.js';
import { applyPatch, type Patch } from '../../domain/patch.js';
import { hasMoneyMoved, updateClientRow } from '../../storage/clients/client-writes.js';
import { findClient, lockClient, type ClientFields, type ClientRow } from '../../storage/clients/clients.js';
import { enqueueSignal } from '../../storage/monitoring/outbox.js';
import type { Transaction } from '../../storage/system/database.js';
import { change, recordedAll, type ChangeEntry, type Precondition, type Requester } from '../change.js';
import { cancelOpenGrant } from '../credit/cancel-open-grant.js';
import { limitCredit } from '../credit/limit-credit.js';
import { clientEntry, clientFieldsOf } from './client-fields.js';
import { requireRelations } from './client-relations.js';

/**
 * Changes some fields of a client. A client that is made unlimited loses its temporary credit.
 *
 * @throws DomainError `not_found`; `client_deleted`; `invalid` for warning thresholds that do not fit the balance model;
 * `conflict` (reseller, manager, and profile do not belong together; another currency after money has moved);
 * `already_exists` (externalId)
 */
export function updateClient(
  requester: Requester,
  id: string,
  { patch, reason }: { readonly patch: Patch<ClientFields>; readonly reason: string | null },
  precondition: Precondition<ClientRow>,
): Promise<ClientRow> {
  const { scope, now } = requester;
  return change(requester, async (tx) => {
    const row = await lockClient(tx, scope.resellerId, id, now);
    if (!row) throw new DomainError('not_found', `there is no client ${id}`, '/path/id');
    precondition(row);
    const before = clientFieldsOf(row);
    const fields = patchedFields(before, patch);
    await requireRelations(tx, scope.resellerId, fields, before);
    if (fields.currency !== before.currency) await requireNoMoneyMoved(tx, id);
    const credit: (ChangeEntry | null)[] = [];
    if (fields.balanceModel === 'unlimited' && before.balanceModel !== 'unlimited') {
      credit.push(await cancelOpenGrant(tx, requester, row, reason ?? 'client made unlimited'));
    }
    await updateClientRow(tx, row, fields);
    const wish = { limit: fields.creditLimit, reason: reason ?? 'client edited' };
    credit.push(await limitCredit(tx, requester, id, wish));
    const after = await findClient(tx, scope.resellerId, id, now);
    if (!after) throw new Error('a client that was just written is not there');
    await enqueueSignal(tx, id, 'configurationChanged');
    return recordedAll(after, [
      ...credit.filter((entry) => entry !== null),
      clientEntry('client.update', id, { reason, before: { ...before }, after: { ...clientFieldsOf(after) } }),
    ]);
  });
}

/** Thresholds are checked against the balance model after the change, and written in the currency after it. */
function patchedFields(before: ClientFields, patch: Patch<ClientFields>): ClientFields {
  const fields = applyPatch(before, patch);
  const warningThresholds = parseWarningThresholds(fields.warningThresholds, fields, '/warningThresholds');
  return { ...fields, warningThresholds };
}

async function requireNoMoneyMoved(tx: Transaction, id: string): Promise<void> {
  if (!(await hasMoneyMoved(tx, id))) return;
  throw new DomainError(
    'conflict',
    'the currency cannot change once money has moved: make another client with the new currency',
    '/currency',
  );
}
