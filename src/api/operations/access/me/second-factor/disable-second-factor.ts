import { disableSecondFactor } from '../../../../../services/access/second-factor/disable-second-factor.js';
import { readLoginSettings } from '../../../../../storage/access/login-settings.js';
import { requireOwnPassword, withCountedCode } from '../../../../access/own-secrets.js';
import { appSealerOf } from '../../../../access/sealer.js';
import { noContent } from '../../../../contract/answers.js';
import { defineSessionOperation } from '../../../../contract/operation.js';
import { password } from '../../../../contract/schemas.js';
import { z } from '../../../../contract/zod.js';
import { ApiProblem } from '../../../../http/problem.js';
import { code } from '../../second-factor-schemas.js';

export const disableSecondFactorOperation = defineSessionOperation({
  id: 'disableSecondFactor',
  method: 'post',
  path: '/v1/me/second-factor/disable',
  area: 'me',
  summary: 'Stop using the own second factor',
  secretBody: true,
  request: { body: z.strictObject({ password, code }).openapi('SecondFactorRemoval') },
  example: { password: 'correct horse battery staple', code: '492039' },
  responses: { 204: { description: 'The login asks for the password alone' } },
  problems: ['conflict', 'login_throttled', 'not_configured'],
  async handler({ body, caller, context, requester, scope, sender, requestId, now }) {
    const { userId: id, resellerId, role } = caller;
    const { secondFactorRoles } = await scope.read((q) => readLoginSettings(q));
    if (secondFactorRoles.includes(role)) {
      throw new ApiProblem('conflict', 'your role needs two-step login: you can replace the app, not turn it off');
    }
    const asked = { context, sender, requestId, now };
    await requireOwnPassword(asked, caller, body.password);
    await withCountedCode(asked, caller, () =>
      disableSecondFactor(requester, appSealerOf(context), { id, resellerId }, body.code),
    );
    return noContent();
  },
});
