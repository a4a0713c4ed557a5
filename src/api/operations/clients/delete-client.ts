import { allows } from '../../../domain/access/scopes.js';
import { deleteClient } from '../../../services/clients/delete-client.js';
import { noContent } from '../../contract/answers.js';
import { ApiProblem } from '../../http/problem.js';
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
  request: {
    params: clientParams,
    query: z.strictObject({
      reason: reason.optional(),
      finalInvoice: z
        .enum(['true', 'false'])
        .transform((value) => value === 'true')
        .default(false)
        .openapi({
          type: 'boolean',
          default: false,
          description: 'Issues an invoice of what is not invoiced yet, up to now; needs the scope `payments:write`',
        }),
    }),
  },
  responses: { 204: { description: 'Deleted' } },
  problems: ['client_deleted', 'conflict', 'auto_payment_in_flight'],
  async handler({ params, query, caller, requester, ifMatch, now }) {
    const { reason: why = null, finalInvoice } = query;
    if (finalInvoice && !allows(caller.scopes, 'payments:write')) throw invoiceRightMissing();
    await deleteClient(requester, params.id, { reason: why, finalInvoice }, (row) =>
      requireVersion(ifMatch, row.version, clientJson(row, now)),
    );
    return noContent();
  },
});

function invoiceRightMissing(): ApiProblem {
  const detail = 'must not be true: issuing an invoice needs the scope payments:write';
  const errors = [{ pointer: '#/query/finalInvoice', code: 'scope_missing' as const, detail }];
  return new ApiProblem('scope_missing', detail, { errors });
}
