import { createUser } from '../../../../services/access/create-user.js';
import { requirePublicUrl } from '../../../access/account-links.js';
import { created } from '../../../contract/answers.js';
import {
  limitToOwnCreditLimit,
  limitToOwnMaximum,
  namesIncrease,
  requireOwnRole,
} from '../../../contract/delegation.js';
import { defineOperation } from '../../../contract/operation.js';
import { userBody, userJson, userSchema } from './schema.js';

export const createUserOperation = defineOperation({
  id: 'createUser',
  method: 'post',
  path: '/v1/users',
  area: 'users',
  summary: 'Create a user',
  description:
    'Without a password, the user only receives notifications; `sendInvitation` emails a link to set one, ' +
    'POST /v1/users/{id}/password sets one. The role and the maximum increase can’t exceed your own.',
  scope: 'users:write',
  request: { body: userBody },
  example: {
    name: 'Anna Example',
    email: 'anna@operator.example',
    role: 'credit_controller',
    maximumIncrease: { amount: { amount: '200.00', currency: 'USD' }, days: 30 },
  },
  responses: { 201: { description: 'The user', schema: userSchema } },
  problems: ['not_found', 'conflict', 'already_exists', 'credit_above_maximum', 'not_configured'],
  async handler({ body, caller, context, requester }) {
    requireOwnRole(caller, body.role, '#/role');
    const { reason, sendInvitation: isInvited, maximumIncrease, maximumCreditLimit, ...fields } = body;
    const input = {
      ...{ ...fields, preferences: {}, isInvited, hasOwnIncrease: namesIncrease(maximumIncrease) },
      ...limitToOwnMaximum(caller.cap, maximumIncrease),
      ...limitToOwnCreditLimit(caller.limitCap, maximumCreditLimit),
      resellerId: body.resellerId ?? requester.scope.resellerId,
    };
    if (isInvited) requirePublicUrl(context);
    const row = await createUser(requester, input, reason);
    return created(`/v1/users/${row.id}`, userJson(row), { version: row.version });
  },
});
