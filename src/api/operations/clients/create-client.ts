import { createClient } from '../../../services/clients/create-client.js';
import { created } from '../../contract/answers.js';
import { defineOperation } from '../../contract/operation.js';
import { clientJson } from './convert.js';
import { requireCreditRight, withoutCredit } from './field-rights.js';
import { clientAnswerExample, clientBody, clientExample, clientSchema } from './schema.js';

export const createClientOperation = defineOperation({
  id: 'createClient',
  method: 'post',
  path: '/v1/clients',
  area: 'clients',
  summary: 'Create a client',
  description:
    'Its monitor begins at once, and its first check is made then. A credit limit other than 0, or another balance model ' +
    'than `prepaid`, also needs the scope `credit:write`.',
  scope: 'clients:write',
  request: { body: clientBody },
  example: clientExample,
  responses: { 201: { description: 'The client', schema: clientSchema, example: clientAnswerExample } },
  problems: ['not_found', 'conflict', 'already_exists'],
  async handler({ body, caller, requester, now }) {
    requireCreditRight(caller, withoutCredit, body);
    const { openingBalance, reason = null, resellerId = requester.scope.resellerId, ...fields } = body;
    const row = await createClient(requester, { ...fields, resellerId }, { openingBalance, reason });
    return created(`/v1/clients/${row.id}`, clientJson(row, now), { version: row.version });
  },
});
