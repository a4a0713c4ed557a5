import { completeOpenIdLogin } from '../../../access/openid.js';
import { created } from '../../../contract/answers.js';
import { definePublicOperation, type Operation } from '../../../contract/operation.js';
import { z } from '../../../contract/zod.js';
import { cookieOf, sessionJson, sessionSchema } from '../session/schema.js';

const completion = z
  .strictObject({
    query: z
      .string()
      .min(1)
      .max(4000)
      .openapi({ description: 'Of the address to which the provider sent the browser, without `?`' }),
  })
  .openapi('OpenIdLoginCompletion');

/** @param operations all operations; asked for at a request, for this one is among them */
export function completeOpenIdLoginOperation(operations: () => readonly Operation[]): Operation {
  return definePublicOperation({
    id: 'completeOpenIdLogin',
    method: 'post',
    path: '/v1/session/openid/complete',
    area: 'session',
    summary: 'Complete a login at the OpenID Connect provider',
    description:
      'Sets the cookie `lowwater_session` and ends the session of the request, if any. Each login is completed once. The provider is ' +
      'responsible for a second factor. docs/single-sign-on.md says which user it is.',
    secretBody: true,
    request: { body: completion },
    example: { query: 'code=Yzk5ZDczMzRlNDEw&state=bWljaGFlbA' },
    responses: { 201: { description: 'Logged in; the response sets the cookie', schema: sessionSchema } },
    problems: [
      'openid_refused',
      'openid_invalid',
      'openid_unavailable',
      'login_not_allowed',
      'already_exists',
      'not_configured',
      'csrf_invalid',
      'conflict',
    ],
    async handler({ body, context, sender, requestId, now }) {
      const login = await completeOpenIdLogin({ context, sender, requestId, now }, body.query);
      return created('/v1/session', sessionJson(login.caller, operations()), cookieOf(login, context, sender));
    },
  });
}
