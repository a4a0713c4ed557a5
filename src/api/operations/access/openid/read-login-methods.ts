import { ok } from '../../../contract/answers.js';
import { definePublicOperation } from '../../../contract/operation.js';
import { z } from '../../../contract/zod.js';

const methods = z
  .strictObject({
    password: z.boolean().openapi({ description: 'Users can log in with a password: POST /v1/session' }),
    singleSignOn: z
      .strictObject({ name: z.string().openapi({ description: 'For the button', example: 'Company login' }) })
      .nullable()
      .openapi({ description: 'Users can log in at an OpenID Connect provider: POST /v1/session/openid' }),
  })
  .openapi('LoginMethods');

export const readLoginMethodsOperation = definePublicOperation({
  id: 'readLoginMethods',
  method: 'get',
  path: '/v1/login-methods',
  area: 'session',
  summary: 'Get the ways to log in',
  responses: { 200: { description: 'What the login page offers', schema: methods } },
  async handler({ context: { config, openId } }) {
    return ok({ password: config.PASSWORD_LOGIN, singleSignOn: openId === null ? null : { name: config.OIDC_NAME } });
  },
});
