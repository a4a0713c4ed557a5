import { givenOnly, newClientValues } from '../../../domain/clients/field-scopes.js';
import { createClient } from '../../../services/clients/create-client.js';
import { created } from '../../contract/answers.js';
import { defineOperation } from '../../contract/operation.js';
import { clientJson } from './convert.js';
import { requireFieldRights, scopesOfFields } from './field-rights.js';
import { clientAnswerExample, clientBody, clientExample, clientSchema } from './schema.js';

export const createClientOperation = defineOperation({
  id: 'createClient',
  method: 'post',
  path: '/v1/clients',
  area: 'clients',
  summary: 'Create a client',
  description:
    'Monitoring starts immediately with a first check. ' +
    `Some fields also require another scope, unless they have their defaults. ${scopesOfFields}.`,
  scope: 'clients:write',
  request: { body: clientBody },
  example: clientExample,
  responses: { 201: { description: 'The client', schema: clientSchema, example: clientAnswerExample } },
  problems: [
    'not_found',
    'conflict',
    'already_exists',
    'client_unlimited',
    'credit_above_maximum',
    'no_rate',
    'auto_payment_no_threshold',
  ],
  async handler({ body, caller, requester, now }) {
    const requireAllowed = (fields: object): void => requireFieldRights(caller, newClientValues, fields);
    requireAllowed(givenOnly(body));
    const { openingBalance, reason = null, resellerId = requester.scope.resellerId, ...fields } = body;
    const row = await createClient(requester, { ...fields, resellerId }, { openingBalance, reason, requireAllowed });
    return created(`/v1/clients/${row.id}`, clientJson(row, now), { version: row.version });
  },
});
