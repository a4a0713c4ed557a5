import { setUserPassword } from '../../../../services/access/set-user-password.js';
import type { UserRow } from '../../../../storage/access/users.js';
import { noContent } from '../../../contract/answers.js';
import { userIdOf } from '../../../context.js';
import { defineOperation } from '../../../contract/operation.js';
import { ApiProblem } from '../../../http/problem.js';
import { newPassword, reason } from '../../../contract/schemas.js';
import { z } from '../../../contract/zod.js';
import { requireNotAbove } from './rights.js';
import { userParams } from './schema.js';

export const setUserPasswordOperation = defineOperation({
  id: 'setUserPassword',
  method: 'post',
  path: '/v1/users/{id}/password',
  area: 'users',
  summary: 'Set a new password for a user',
  description:
    'Logs the user out everywhere. `null` removes the password: the user can’t log in and remains a recipient. ' +
    'Change your own with POST /v1/me/password.',
  scope: 'users:write',
  secretBody: true,
  request: {
    params: userParams,
    body: z.strictObject({ password: newPassword.nullable(), reason: reason.optional() }).openapi('NewPassword'),
  },
  example: { password: 'correct horse battery staple' },
  responses: { 204: { description: 'Password set' } },
  problems: ['conflict', 'credit_above_maximum'],
  async handler({ params, body, caller, requester }) {
    const precondition = (user: UserRow): void => {
      if (userIdOf(caller) === user.id) {
        throw new ApiProblem('conflict', 'this is your own password: change it with POST /v1/me/password');
      }
      requireNotAbove(caller, user);
    };
    await setUserPassword(requester, params.id, body.password, precondition, body.reason ?? null);
    return noContent();
  },
});
