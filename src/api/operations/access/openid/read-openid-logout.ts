import { openIdLogoutUrl } from '../../../access/openid.js';
import { ok } from '../../../contract/answers.js';
import { defineSessionOperation } from '../../../contract/operation.js';
import { z } from '../../../contract/zod.js';

const answer = z
  .strictObject({
    url: z
      .string()
      .nullable()
      .openapi({ description: 'null: the session has none at the provider, or it has no page for it' }),
  })
  .openapi('OpenIdLogout');

export const readOpenIdLogoutOperation = defineSessionOperation({
  id: 'readOpenIdLogout',
  method: 'get',
  path: '/v1/session/openid/logout',
  area: 'session',
  summary: 'Get where the session at the OpenID Connect provider ends',
  description: 'Ask before DELETE /v1/session, and go there afterwards: the login elsewhere ends, too.',
  responses: { 200: { description: 'The address', schema: answer } },
  problems: ['openid_unavailable'],
  async handler({ caller, context }) {
    return ok({ url: caller.session.isOpenId ? await openIdLogoutUrl(context) : null });
  },
});
