import { endSessionsOfProvider } from '../../../../services/access/openid/end-openid-sessions.js';
import { anonymousRequester } from '../../../access/account-links.js';
import { refuse, requireOpenId } from '../../../access/openid.js';
import { noContent } from '../../../contract/answers.js';
import { definePublicOperation } from '../../../contract/operation.js';
import { z } from '../../../contract/zod.js';

export const endOpenIdSessionsOperation = definePublicOperation({
  id: 'endOpenIdSessions',
  method: 'post',
  path: '/v1/openid/logout',
  area: 'session',
  summary: 'End the sessions that the OpenID Connect provider has ended',
  description:
    'For the provider (OpenID Connect Back-Channel Logout): a form with a `logout_token` that it has signed. Ends one session, or all ' +
    'sessions of a user that began there.',
  raw: true,
  secretBody: true,
  request: { body: z.unknown().openapi({ type: 'object', description: '`logout_token=…`, as a form' }) },
  example: { logout_token: 'eyJhbGciOiJSUzI1NiJ9' },
  responses: { 204: { description: 'The sessions have ended, or there were none' } },
  problems: ['openid_invalid', 'openid_unavailable', 'not_configured'],
  async handler({ context, rawBody, sender, requestId, now }) {
    const provider = requireOpenId(context);
    const token = new URLSearchParams(rawBody.toString('utf8')).get('logout_token') ?? '';
    const whose = await provider.readLogoutToken(token).catch(refuse(context));
    await endSessionsOfProvider(await anonymousRequester({ context, sender, requestId, now }), whose, sender.address);
    return noContent();
  },
});
