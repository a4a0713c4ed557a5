import { createClient } from '../../../storage/clients/client-writes.js';
import { inTransaction } from '../../../storage/system/transaction.js';
import { created } from '../../contract/answers.js';
import { defineOperation } from '../../contract/operation.js';
import { clientJson, fieldsOf } from './convert.js';
import { clientAnswerExample, clientBody, clientExample, clientSchema } from './schema.js';

export const createClientOperation = defineOperation({
  id: 'createClient',
  method: 'post',
  path: '/v1/clients',
  area: 'clients',
  summary: 'Create a client',
  description: 'Its monitor begins at once, and its first check is made then.',
  scope: 'clients:write',
  request: { body: clientBody },
  example: clientExample,
  responses: { 201: { description: 'The client', schema: clientSchema, example: clientAnswerExample } },
  problems: ['not_found', 'conflict', 'already_exists'],
  async handler({ body, caller, context, now }) {
    const fields = fieldsOf(body, caller.resellerId);
    const change = { actor: caller.actor, reason: body.reason ?? null };
    const row = await inTransaction(context.sql, (tx) =>
      createClient(tx, caller.resellerId, fields, body.openingBalance, change, now),
    );
    return created(`/v1/clients/${row.id}`, clientJson(row, now), { version: row.version });
  },
});
