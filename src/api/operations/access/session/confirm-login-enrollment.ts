import { logInByEnrollment } from '../../../access/second-step.js';
import { created } from '../../../contract/answers.js';
import { definePublicOperation, type Operation } from '../../../contract/operation.js';
import { z } from '../../../contract/zod.js';
import { code, recoveryCodes } from '../second-factor-schemas.js';
import { challengeToken, cookieOf, sessionJson, sessionSchema } from './schema.js';

const confirmation = z.strictObject({ challenge: challengeToken, code }).openapi('LoginEnrollmentConfirmation');
const answer = z.strictObject({ session: sessionSchema, recoveryCodes }).openapi('EnrolledSession');

/** @param operations all operations; asked for at a request, for this one is among them */
export function confirmLoginEnrollmentOperation(operations: () => readonly Operation[]): Operation {
  return definePublicOperation({
    id: 'confirmLoginEnrollment',
    method: 'post',
    path: '/v1/session/enrollment/confirm',
    area: 'session',
    summary: 'Complete a login with the first code of a new authenticator app',
    description: 'Sets the cookie `lowwater_session`.',
    secretBody: true,
    secretAnswer: true,
    request: { body: confirmation },
    example: { challenge: 'q'.repeat(43), code: '492039' },
    responses: { 201: { description: 'Logged in; the response sets the cookie', schema: answer } },
    problems: ['login_expired', 'conflict', 'login_throttled', 'csrf_invalid', 'not_configured'],
    async handler({ body, context, sender, requestId, now }) {
      const login = await logInByEnrollment({ context, sender, requestId, now }, body);
      const session = sessionJson(login.caller, operations());
      return created('/v1/session', { session, recoveryCodes: login.recoveryCodes }, cookieOf(login, context, sender));
    },
  });
}
