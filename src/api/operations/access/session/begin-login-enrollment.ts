import { beginLoginEnrollment } from '../../../access/second-step.js';
import { ok } from '../../../contract/answers.js';
import { definePublicOperation } from '../../../contract/operation.js';
import { z } from '../../../contract/zod.js';
import { appSecretSchema } from '../second-factor-schemas.js';
import { challengeToken } from './schema.js';

export const beginLoginEnrollmentOperation = definePublicOperation({
  id: 'beginLoginEnrollment',
  method: 'post',
  path: '/v1/session/enrollment',
  area: 'session',
  summary: 'Set up the authenticator app that the role needs',
  description:
    'For a login whose `step` is `enrollment`. The secret counts once POST /v1/session/enrollment/confirm has shown a code of it.',
  secretBody: true,
  secretAnswer: true,
  request: { body: z.strictObject({ challenge: challengeToken }).openapi('LoginEnrollment') },
  example: { challenge: 'q'.repeat(43) },
  responses: { 200: { description: 'The secret of the app', schema: appSecretSchema } },
  problems: ['login_expired', 'conflict', 'csrf_invalid', 'not_configured'],
  async handler({ body, context, sender, requestId, now }) {
    return ok(await beginLoginEnrollment({ context, sender, requestId, now }, body.challenge));
  },
});
