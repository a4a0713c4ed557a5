import { confirmEnrollment } from '../../../../../services/access/second-factor/confirm-enrollment.js';
import { withCountedCode } from '../../../../access/own-secrets.js';
import { appSealerOf } from '../../../../access/sealer.js';
import { ok } from '../../../../contract/answers.js';
import { defineSessionOperation } from '../../../../contract/operation.js';
import { z } from '../../../../contract/zod.js';
import { code, recoveryCodes } from '../../second-factor-schemas.js';

export const recoveryCodesSchema = z.strictObject({ recoveryCodes }).openapi('RecoveryCodes');

export const confirmEnrollmentOperation = defineSessionOperation({
  id: 'confirmEnrollment',
  method: 'post',
  path: '/v1/me/second-factor/confirm',
  area: 'me',
  summary: 'Put the new authenticator app in use',
  description: 'Ends the user’s other sessions. Recovery codes that were given before stop working.',
  secretBody: true,
  secretAnswer: true,
  request: { body: z.strictObject({ code }).openapi('EnrollmentConfirmation') },
  example: { code: '492039' },
  responses: { 200: { description: 'In use; the recovery codes are shown once', schema: recoveryCodesSchema } },
  problems: ['conflict', 'login_throttled', 'not_configured'],
  async handler({ body, caller, context, requester, sender, requestId, now }) {
    const { userId: id, resellerId, session } = caller;
    const user = { id, resellerId };
    const codes = await withCountedCode({ context, sender, requestId, now }, caller, () =>
      confirmEnrollment(requester, appSealerOf(context), user, body.code, session.id),
    );
    return ok({ recoveryCodes: codes });
  },
});
