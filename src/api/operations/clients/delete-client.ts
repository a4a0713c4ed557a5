import { deleteClient } from '../../../services/clients/delete-client.js';
import { noContent } from '../../contract/answers.js';
import { requireVersion } from '../../http/if-match.js';
import { defineOperation } from '../../contract/operation.js';
import { reason } from '../../contract/schemas.js';
import { z } from '../../contract/zod.js';
import { clientJson } from './convert.js';
import { clientParams } from './read-client.js';

export const deleteClientOperation = defineOperation({
  id: 'deleteClient',
  method: 'delete',
  path: '/v1/clients/{id}',
  area: 'clients',
  summary: 'Delete a client',
  description:
    'Sets the status to `deleted`: monitoring and temporary credit end, ledger entries and changes are rejected. ' +
    'The history stays.',
  scope: 'clients:write',
  needsIfMatch: true,
  request: { params: clientParams, query: z.strictObject({ reason: reason.optional() }) },
  responses: { 204: { description: 'Deleted' } },
  problems: ['client_deleted'],
  async handler({ params, query, requester, ifMatch, now }) {
    await deleteClient(requester, params.id, query.reason ?? null, (row) =>
      requireVersion(ifMatch, row.version, clientJson(row, now)),
    );
    return noContent();
  },
});
