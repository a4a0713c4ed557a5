import { clientScope } from '../../../../storage/system/scope.js';
import { logInToPanel } from '../../../access/panel-logins.js';
import { created } from '../../../contract/answers.js';
import { definePublicOperation } from '../../../contract/operation.js';
import { password } from '../../../contract/schemas.js';
import { z } from '../../../contract/zod.js';
import { panelCookieOf, panelSessionJson, panelSessionSchema } from './schema.js';

export const logInToPanelOperation = definePublicOperation({
  id: 'logInToPanel',
  method: 'post',
  path: '/v1/panel/session',
  area: 'panel',
  summary: 'Log in to the client panel',
  description:
    'Sets the cookie `lowwater_panel_session` and ends the panel session of the request, if any. After 5 failed logins ' +
    'of a login, or 50 from an address, within 15 minutes, the answer is 429. The session is none of the other operations.',
  secretBody: true,
  request: { body: z.strictObject({ login: z.string().min(1).max(254), password }).openapi('PanelCredentials') },
  example: { login: 'acme', password: 'k3vh-8wqm-t2xd-5pzr' },
  responses: { 201: { description: 'Logged in; the response sets the cookie', schema: panelSessionSchema } },
  problems: ['login_failed', 'login_throttled', 'csrf_invalid'],
  async handler({ body, context, sender, requestId, now, bound }) {
    const { caller, token } = await logInToPanel({ context, sender, requestId, now }, body);
    const session = await panelSessionJson(caller, clientScope(context.databases.reseller, caller, bound));
    return created('/v1/panel/session', session, panelCookieOf(token, context, sender));
  },
});
