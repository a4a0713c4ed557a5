import { createUser } from '../../../../services/access/create-user.js';
import { created } from '../../../contract/answers.js';
import { boundedCap, requireOwnRole } from '../../../contract/bounds.js';
import { defineOperation } from '../../../contract/operation.js';
import { userBody, userJson, userSchema } from './schema.js';

export const createUserOperation = defineOperation({
  id: 'createUser',
  method: 'post',
  path: '/v1/users',
  area: 'users',
  summary: 'Add a user',
  description:
    'Without a password the user is only a recipient of mails; POST /v1/users/{id}/password sets one. Nobody gives a role that may do more, or a higher maximum increase, than they have.',
  scope: 'users:write',
  request: { body: userBody },
  example: {
    name: 'Anna Example',
    email: 'anna@operator.example',
    role: 'credit_controller',
    maximumIncrease: { amount: { amount: '200.00', currency: 'USD' }, days: 30 },
  },
  responses: { 201: { description: 'The user', schema: userSchema } },
  problems: ['not_found', 'conflict', 'already_exists', 'credit_above_maximum'],
  async handler({ body, caller, requester }) {
    requireOwnRole(caller, body.role, '#/role');
    const { name, email, role, status, locale, timezone } = body;
    const input = {
      ...{ name, email, role, status, locale, timezone, preferences: {} },
      ...boundedCap(caller.cap, body.maximumIncrease),
      resellerId: body.resellerId ?? requester.scope.resellerId,
    };
    const row = await createUser(requester, input, body.reason);
    return created(`/v1/users/${row.id}`, userJson(row), { version: row.version });
  },
});
