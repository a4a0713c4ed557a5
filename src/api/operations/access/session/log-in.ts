import { created, ok } from '../../../contract/answers.js';
import { logIn } from '../../../access/logins.js';
import { definePublicOperation, type Operation } from '../../../contract/operation.js';
import { password, timeText } from '../../../contract/schemas.js';
import { z } from '../../../contract/zod.js';
import { challengeSchema, cookieOf, sessionJson, sessionSchema } from './schema.js';

const credentials = z
  .strictObject({ email: z.string().min(1).max(254).openapi({ format: 'email' }), password })
  .openapi('Credentials');

/** @param operations all operations; asked for at a request, for this one is among them */
export function logInOperation(operations: () => readonly Operation[]): Operation {
  return definePublicOperation({
    id: 'logIn',
    method: 'post',
    path: '/v1/session',
    area: 'session',
    summary: 'Log in',
    description:
      'Sets the cookie `lowwater_session` and ends the session of the request, if any. After 5 failed logins of ' +
      'a user, or 50 from an address, within 15 minutes, the answer is 429.',
    secretBody: true,
    request: { body: credentials },
    example: { email: 'admin@lowwater.localhost', password: 'k3vh-8wqm-t2xd-5pzr' },
    responses: {
      200: {
        description:
          'The password was right, and a second step must follow: POST /v1/session/second-step or /enrollment',
        schema: challengeSchema,
      },
      201: { description: 'Logged in; the response sets the cookie', schema: sessionSchema },
    },
    problems: ['login_failed', 'password_login_off', 'login_throttled', 'csrf_invalid'],
    async handler({ body, context, sender, requestId, now }) {
      const login = await logIn({ context, sender, requestId, now }, body);
      if ('challenge' in login) {
        const { challenge, step, expiresAt } = login;
        return ok({ challenge, step, expiresAt: timeText(expiresAt) });
      }
      return created('/v1/session', sessionJson(login.caller, operations()), cookieOf(login, context, sender));
    },
  });
}
