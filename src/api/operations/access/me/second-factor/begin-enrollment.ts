import { beginEnrollment } from '../../../../../services/access/second-factor/begin-enrollment.js';
import { requireOwnPassword, withCountedCode } from '../../../../access/own-secrets.js';
import { appSealerOf } from '../../../../access/sealer.js';
import { ok } from '../../../../contract/answers.js';
import { defineSessionOperation } from '../../../../contract/operation.js';
import { password } from '../../../../contract/schemas.js';
import { z } from '../../../../contract/zod.js';
import { appSecretSchema, code } from '../../second-factor-schemas.js';

export const beginEnrollmentOperation = defineSessionOperation({
  id: 'beginEnrollment',
  method: 'post',
  path: '/v1/me/second-factor/enrollment',
  area: 'me',
  summary: 'Set up an authenticator app, or another one',
  description:
    'The secret counts once POST /v1/me/second-factor/confirm has shown a code of it, within 15 minutes. With an app in use, `code` must be one of it, or a recovery code.',
  secretBody: true,
  secretAnswer: true,
  request: { body: z.strictObject({ password, code: code.optional() }).openapi('Enrollment') },
  example: { password: 'correct horse battery staple' },
  responses: { 200: { description: 'The secret of the app', schema: appSecretSchema } },
  problems: ['login_throttled', 'not_configured'],
  async handler({ body, caller, context, requester, sender, requestId, now }) {
    const { userId: id, resellerId, email } = caller;
    const asked = { context, sender, requestId, now };
    const sealer = appSealerOf(context);
    await requireOwnPassword(asked, caller, body.password);
    const begin = () => beginEnrollment(requester, sealer, { id, resellerId, email }, body.code ?? null);
    return ok(body.code === undefined ? await begin() : await withCountedCode(asked, caller, begin));
  },
});
