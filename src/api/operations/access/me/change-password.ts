import { changeOwnPassword } from '../../../../services/access/change-own-password.js';
import { noContent } from '../../../contract/answers.js';
import { countOrRefuse } from '../../../access/login-tries.js';
import { defineSessionOperation } from '../../../contract/operation.js';
import { newPassword, password } from '../../../contract/schemas.js';
import { z } from '../../../contract/zod.js';

export const changePassword = defineSessionOperation({
  id: 'changePassword',
  method: 'post',
  path: '/v1/me/password',
  area: 'me',
  summary: 'Change your password',
  description: 'Ends the user’s other sessions and keeps this one. Wrong passwords count as failed logins.',
  secretBody: true,
  request: { body: z.strictObject({ current: password, next: newPassword }).openapi('PasswordChange') },
  example: { current: 'k3vh-8wqm-t2xd-5pzr', next: 'correct horse battery staple' },
  responses: { 204: { description: 'Changed' } },
  problems: ['login_throttled'],
  async handler({ body, caller, context, requester, sender, requestId, now }) {
    const { userId: id, email, name, resellerId } = caller;
    await changeOwnPassword(
      requester,
      { id, email, name, resellerId },
      {
        ...body,
        sessionId: caller.session.id,
        countTry: () => countOrRefuse({ context, sender, requestId, now }, 'password', email, { id, resellerId }),
      },
    );
    return noContent();
  },
});
