import type { ClientFields } from '../../../domain/clients/client-fields.js';
import { detachedFields } from '../../../domain/clients/client-inheritance.js';
import { DomainError } from '../../../domain/errors.js';
import { findClient, lockClient, type ClientRow } from '../../../storage/clients/clients.js';
import { detachClients } from '../../../storage/clients/templates/inherited-values.js';
import { change, recorded, type Precondition, type Requester } from '../../change.js';
import { auditedFields, clientEntry, clientFieldsOf } from '../client-fields.js';
import { updateClient } from '../update-client.js';

interface Application {
  /** null: none */
  readonly clientTemplateId: string | null;
  /** what the template sets replaces what the client has set itself */
  readonly clearOwn: boolean;
  readonly reason: string | null;
  /** Throws where the requester may not change the values so. */
  readonly requireAllowed: (before: ClientFields, after: ClientFields) => void;
}

/** Gives a client a template, or takes it away. @throws DomainError as `updateClient` */
export function applyClientTemplate(
  requester: Requester,
  id: string,
  { clientTemplateId, ...asked }: Application,
  precondition: Precondition<ClientRow>,
): Promise<ClientRow> {
  return updateClient(requester, id, { patch: { clientTemplateId }, ...asked }, precondition);
}

/**
 * Takes the template from a client, which keeps its values as its own.
 *
 * @throws DomainError `not_found`, `client_deleted`; `conflict` without a template
 */
export function detachClient(
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
    if (clientFieldsOf(row).clientTemplateId === null) {
      throw new DomainError('conflict', 'the client has no client template: its values are its own', '/path/id');
    }
    await detachClients(tx, [id], detachedFields(row.ownFields, row.templateValues ?? {}));
    const after = await findClient(tx, scope.resellerId, id, now);
    if (!after) throw new Error('a client that was just written is not there');
    return recorded(
      after,
      clientEntry('client.update', id, { reason, before: auditedFields(row), after: auditedFields(after) }),
    );
  });
}
