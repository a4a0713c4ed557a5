import { logInWithCode } from '../../../access/second-step.js';
import { created } from '../../../contract/answers.js';
import { definePublicOperation, type Operation } from '../../../contract/operation.js';
import { z } from '../../../contract/zod.js';
import { code } from '../second-factor-schemas.js';
import { challengeToken, cookieOf, sessionJson, sessionSchema } from './schema.js';

const secondStep = z.strictObject({ challenge: challengeToken, code }).openapi('SecondStep');

/** @param operations all operations; asked for at a request, for this one is among them */
export function completeLoginOperation(operations: () => readonly Operation[]): Operation {
  return definePublicOperation({
    id: 'completeLogin',
    method: 'post',
    path: '/v1/session/second-step',
    area: 'session',
    summary: 'Complete a login with a code',
    description:
      'Sets the cookie `lowwater_session`. Each code is accepted once. Five wrong codes of a user within 15 minutes are answered by 429.',
    secretBody: true,
    request: { body: secondStep },
    example: { challenge: 'q'.repeat(43), code: '492039' },
    responses: { 201: { description: 'Logged in; the response sets the cookie', schema: sessionSchema } },
    problems: ['login_expired', 'code_wrong', 'login_throttled', 'csrf_invalid', 'not_configured'],
    async handler({ body, context, sender, requestId, now }) {
      const login = await logInWithCode({ context, sender, requestId, now }, body);
      return created('/v1/session', sessionJson(login.caller, operations()), cookieOf(login, context, sender));
    },
  });
}
