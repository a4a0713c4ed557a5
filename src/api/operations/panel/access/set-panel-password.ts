import { setPanelPassword } from '../../../../services/panel/set-panel-password.js';
import { noContent } from '../../../contract/answers.js';
import { defineOperation } from '../../../contract/operation.js';
import { newPassword, pathId, reason } from '../../../contract/schemas.js';
import { z } from '../../../contract/zod.js';

export const setPanelPasswordOperation = defineOperation({
  id: 'setPanelPassword',
  method: 'post',
  path: '/v1/clients/{id}/panel/password',
  area: 'panel',
  summary: 'Set a new password for a client’s panel',
  description: 'Logs its panel users out everywhere, and ends their links. The client panel must be on.',
  scope: 'clients:write',
  secretBody: true,
  request: {
    params: z.strictObject({ id: pathId }),
    body: z.strictObject({ password: newPassword, reason: reason.optional() }).openapi('NewPanelPassword'),
  },
  example: { password: 'correct horse battery staple' },
  responses: { 204: { description: 'Password set' } },
  problems: ['conflict', 'client_deleted'],
  async handler({ params, body, requester }) {
    await setPanelPassword(requester, params.id, body.password, body.reason ?? null);
    return noContent();
  },
});
