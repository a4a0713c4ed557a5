import { updateClient } from '../../../services/clients/update-client.js';
import { ok } from '../../contract/answers.js';
import { requireVersion } from '../../http/if-match.js';
import { defineOperation } from '../../contract/operation.js';
import { clientJson } from './convert.js';
import { requireCreditRight } from './field-rights.js';
import { clientParams } from './read-client.js';
import { clientAnswerExample, clientPatch, clientSchema } from './schema.js';

export const updateClientOperation = defineOperation({
  id: 'updateClient',
  method: 'patch',
  path: '/v1/clients/{id}',
  area: 'clients',
  summary: 'Change some fields of a client',
  description:
    'What is absent stays as it is, null empties a field. A change of the credit limit enters its history. ' +
    'Changing the credit limit or the balance model also needs the scope `credit:write`.',
  scope: 'clients:write',
  needsIfMatch: true,
  request: { params: clientParams, body: clientPatch },
  example: { status: 'stop', reason: 'contract ended' },
  responses: { 200: { description: 'The client', schema: clientSchema, example: clientAnswerExample } },
  problems: ['conflict', 'already_exists', 'client_deleted'],
  async handler({ params, body, caller, requester, ifMatch, now }) {
    const { reason = null, ...patch } = body;
    const row = await updateClient(requester, params.id, { patch, reason }, (before) => {
      requireVersion(ifMatch, before.version, clientJson(before, now));
      requireCreditRight(caller, before, patch);
    });
    return ok(clientJson(row, now), { version: row.version });
  },
});
