import { renewRecoveryCodes } from '../../../../../services/access/second-factor/renew-recovery-codes.js';
import { requireOwnPassword } from '../../../../access/own-secrets.js';
import { ok } from '../../../../contract/answers.js';
import { defineSessionOperation } from '../../../../contract/operation.js';
import { password } from '../../../../contract/schemas.js';
import { z } from '../../../../contract/zod.js';
import { recoveryCodesSchema } from './confirm-enrollment.js';

export const renewRecoveryCodesOperation = defineSessionOperation({
  id: 'renewRecoveryCodes',
  method: 'post',
  path: '/v1/me/second-factor/recovery-codes',
  area: 'me',
  summary: 'Get new recovery codes',
  description: 'Those that were given before stop working.',
  secretBody: true,
  secretAnswer: true,
  request: { body: z.strictObject({ password }).openapi('RecoveryCodesRenewal') },
  example: { password: 'correct horse battery staple' },
  responses: { 200: { description: 'Ten codes, shown once', schema: recoveryCodesSchema } },
  problems: ['conflict', 'login_throttled'],
  async handler({ body, caller, context, requester, sender, requestId, now }) {
    const { userId: id, resellerId } = caller;
    await requireOwnPassword({ context, sender, requestId, now }, caller, body.password);
    return ok({ recoveryCodes: await renewRecoveryCodes(requester, { id, resellerId }) });
  },
});
