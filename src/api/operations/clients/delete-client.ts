import { deleteClient } from '../../../storage/clients/client-writes.js';
import { lockClient } from '../../../storage/clients/clients.js';
import { inTransaction } from '../../../storage/system/transaction.js';
import { noContent } from '../../contract/answers.js';
import { requireVersion } from '../../http/if-match.js';
import { defineOperation } from '../../contract/operation.js';
import { reason } from '../../contract/schemas.js';
import { z } from '../../contract/zod.js';
import { clientJson } from './convert.js';
import { clientParams, existing } from './read-client.js';

export const deleteClientOperation = defineOperation({
  id: 'deleteClient',
  method: 'delete',
  path: '/v1/clients/{id}',
  area: 'clients',
  summary: 'Delete a client',
  description:
    'Sets its status to `deleted`: its monitor and its temporary credit end, it takes no entries and no changes, its history stays.',
  scope: 'clients:write',
  needsIfMatch: true,
  request: { params: clientParams, query: z.strictObject({ reason: reason.optional() }) },
  responses: { 204: { description: 'Deleted' } },
  problems: ['client_deleted'],
  async handler({ params, query, caller, context, ifMatch, now }) {
    await inTransaction(context.sql, async (tx) => {
      const row = existing(await lockClient(tx, caller.resellerId, params.id, now), params.id);
      requireVersion(ifMatch, row.version, clientJson(row, now));
      await deleteClient(tx, row, { actor: caller.actor, reason: query.reason ?? null }, now);
    });
    return noContent();
  },
});
