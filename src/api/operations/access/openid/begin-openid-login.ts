import { beginOpenIdLogin } from '../../../access/openid.js';
import { ok } from '../../../contract/answers.js';
import { definePublicOperation } from '../../../contract/operation.js';
import { z } from '../../../contract/zod.js';

const answer = z
  .strictObject({ url: z.string().openapi({ description: 'Where the browser goes to log in' }) })
  .openapi('OpenIdLogin');

export const beginOpenIdLoginOperation = definePublicOperation({
  id: 'beginOpenIdLogin',
  method: 'post',
  path: '/v1/session/openid',
  area: 'session',
  summary: 'Begin a login at the OpenID Connect provider',
  description:
    'Sets a cookie that binds the login to this browser for 10 minutes. The provider sends the browser back to `/login/openid`, whose ' +
    'query POST /v1/session/openid/complete takes.',
  secretAnswer: true,
  responses: { 200: { description: 'The login has begun; the response sets the cookie', schema: answer } },
  problems: ['openid_unavailable', 'not_configured', 'csrf_invalid'],
  async handler({ context, sender, requestId, now }) {
    const { url, cookie } = await beginOpenIdLogin({ context, sender, requestId, now });
    return ok({ url }, { headers: { 'Set-Cookie': cookie } });
  },
});
