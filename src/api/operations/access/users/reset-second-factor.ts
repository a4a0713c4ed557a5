import { resetSecondFactor } from '../../../../services/access/second-factor/reset-second-factor.js';
import type { UserRow } from '../../../../storage/access/users.js';
import { noContent } from '../../../contract/answers.js';
import { defineOperation } from '../../../contract/operation.js';
import { reason } from '../../../contract/schemas.js';
import { z } from '../../../contract/zod.js';
import { requireAnother, requireNotAbove } from './rights.js';
import { userParams } from './schema.js';

export const resetSecondFactorOperation = defineOperation({
  id: 'resetSecondFactor',
  method: 'post',
  path: '/v1/users/{id}/second-factor/reset',
  area: 'users',
  summary: 'Take the second factor of a user away who has lost it',
  description:
    'Logs the user out everywhere, and notifies the user by email. Where the role needs a second factor, the next login sets one up.',
  scope: 'users:write',
  request: {
    params: userParams,
    body: z.strictObject({ reason: reason.optional() }).openapi('SecondFactorReset').optional(),
  },
  example: { reason: 'Lost the phone; identity checked by a call back' },
  responses: { 204: { description: 'The login asks for the password alone' } },
  problems: ['conflict', 'credit_above_maximum'],
  async handler({ params, body, caller, requester }) {
    const precondition = (user: UserRow): void => {
      requireNotAbove(caller, user);
      requireAnother(caller, user, 'this is your own second factor');
    };
    await resetSecondFactor(requester, params.id, precondition, body?.reason ?? null);
    return noContent();
  },
});
