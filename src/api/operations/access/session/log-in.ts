import { created } from '../../../contract/answers.js';
import { crossSiteProblem } from '../../../access/csrf.js';
import { logIn } from '../../../access/logins.js';
import { definePublicOperation, type Operation } from '../../../contract/operation.js';
import { password } from '../../../contract/schemas.js';
import { sessionLimits } from '../../../http/sender.js';
import { sessionCookie } from '../../../access/session-cookie.js';
import { z } from '../../../contract/zod.js';
import { sessionJson, sessionSchema } from './schema.js';

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
      'Sets the cookie `lowwater_session`; a session that came along ends. Five failures of an account, or fifty from an address, within 15 minutes are answered by 429.',
    secretBody: true,
    request: { body: credentials },
    example: { email: 'admin@lowwater.localhost', password: 'k3vh-8wqm-t2xd-5pzr' },
    responses: { 201: { description: 'Logged in; the cookie comes along', schema: sessionSchema } },
    problems: ['login_failed', 'login_throttled', 'csrf_invalid'],
    async handler({ body, context, sender, requestId, now }) {
      if (sender.crossSite) throw crossSiteProblem();
      const { caller, token } = await logIn(context, body, sender, requestId, now);
      const cookie = sessionCookie(token, sessionLimits(context.config).absoluteMs, sender.secure);
      return created('/v1/session', sessionJson(caller, operations()), { headers: { 'Set-Cookie': cookie } });
    },
  });
}
