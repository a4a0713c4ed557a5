import { DomainError } from '../../domain/errors.js';
import { findClient, lockClient, type ClientRow } from '../../storage/clients/clients.js';
import type { Transaction } from '../../storage/system/database.js';
import type { Precondition, Requester } from '../change.js';
import type { PanelPasswordOwner } from './write-panel-password.js';

type Owner = PanelPasswordOwner & { readonly name: string };

/**
 * The client whose panel staff give access to.
 *
 * @throws DomainError `not_found`, `client_deleted`, `conflict` while the panel is off
 */
export async function readPanelOwner(requester: Requester, id: string): Promise<Owner> {
  const { scope, now } = requester;
  return ownerOf(await scope.read((q) => findClient(q, scope.resellerId, id, now)), id);
}

/** The same, locked. */
export async function lockPanelOwner(
  tx: Transaction,
  { scope, now }: Requester,
  id: string,
  precondition: Precondition<ClientRow>,
): Promise<Owner> {
  const row = await lockClient(tx, scope.resellerId, id, now);
  if (row) precondition(row);
  return ownerOf(row, id);
}

function ownerOf(row: ClientRow | null, id: string): Owner {
  if (!row) throw new DomainError('not_found', `there is no client ${id}`, '/path/id');
  if (row.status === 'deleted') {
    throw new DomainError('client_deleted', 'the client is deleted, and its panel is off', '/path/id');
  }
  const { resellerId, name, clientPanel, panelLogin, billingEmail } = row;
  if (!clientPanel || panelLogin === null) {
    throw new DomainError('conflict', 'the client panel is off: switch it on with a login first', '/path/id');
  }
  return { clientId: id, resellerId, name, login: panelLogin, billingEmail };
}
