import { changePanelPassword } from '../../../../services/panel/change-panel-password.js';
import { readPanelProfile } from '../../../../storage/panel/panel-profile.js';
import { countPanelTry } from '../../../access/panel-logins.js';
import { noContent } from '../../../contract/answers.js';
import { definePanelOperation } from '../../../contract/operation.js';
import { newPassword, password } from '../../../contract/schemas.js';
import { z } from '../../../contract/zod.js';

export const changePanelPasswordOperation = definePanelOperation({
  id: 'changePanelPassword',
  method: 'post',
  path: '/v1/panel/password',
  area: 'panel',
  summary: 'Change the password of the client panel',
  description: 'Ends the client’s other sessions and keeps this one. Wrong passwords count as failed logins.',
  secretBody: true,
  whileStopped: true,
  request: { body: z.strictObject({ current: password, next: newPassword }).openapi('PanelPasswordChange') },
  example: { current: 'k3vh-8wqm-t2xd-5pzr', next: 'correct horse battery staple' },
  responses: { 204: { description: 'Changed' } },
  problems: ['login_throttled'],
  async handler({ body, caller, context, requester, scope, sender, requestId, now }) {
    const profile = await scope.read((q) => readPanelProfile(q, caller.clientId));
    const owner = { ...caller, billingEmail: profile?.billingEmail ?? null };
    await changePanelPassword(requester, owner, {
      ...body,
      sessionId: caller.session.id,
      countTry: () => countPanelTry({ context, sender, requestId, now }, 'password', caller.login, caller),
    });
    return noContent();
  },
});
