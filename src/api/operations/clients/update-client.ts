import { updateClient } from '../../../storage/clients/client-writes.js';
import { lockClient } from '../../../storage/clients/clients.js';
import { inTransaction } from '../../../storage/system/transaction.js';
import { ok } from '../../contract/answers.js';
import { requireVersion } from '../../http/if-match.js';
import { defineOperation } from '../../contract/operation.js';
import { clientJson, patched } from './convert.js';
import { clientParams, existing } from './read-client.js';
import { clientAnswerExample, clientPatch, clientSchema } from './schema.js';

export const updateClientOperation = defineOperation({
  id: 'updateClient',
  method: 'patch',
  path: '/v1/clients/{id}',
  area: 'clients',
  summary: 'Change some fields of a client',
  description:
    'What is absent stays as it is, null empties a field. A change of the credit limit enters its history (manual 1).',
  scope: 'clients:write',
  needsIfMatch: true,
  request: { params: clientParams, body: clientPatch },
  example: { status: 'stop', reason: 'contract ended' },
  responses: { 200: { description: 'The client', schema: clientSchema, example: clientAnswerExample } },
  problems: ['conflict', 'already_exists', 'client_deleted'],
  async handler({ params, body, caller, context, ifMatch, now }) {
    const row = await inTransaction(context.sql, async (tx) => {
      const before = existing(await lockClient(tx, caller.resellerId, params.id, now), params.id);
      requireVersion(ifMatch, before.version, clientJson(before, now));
      const change = { actor: caller.actor, reason: body.reason ?? null };
      return updateClient(tx, caller.resellerId, before, patched(before, body), change, now);
    });
    return ok(clientJson(row, now), { version: row.version });
  },
});
