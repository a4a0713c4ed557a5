import { logOutOfPanel } from '../../../../services/panel/log-out-of-panel.js';
import { endedPanelCookie } from '../../../access/session-cookie.js';
import { noContent } from '../../../contract/answers.js';
import { definePanelOperation } from '../../../contract/operation.js';

export const logOutOfPanelOperation = definePanelOperation({
  id: 'logOutOfPanel',
  method: 'delete',
  path: '/v1/panel/session',
  area: 'panel',
  summary: 'Log out of the client panel',
  whileStopped: true,
  responses: { 204: { description: 'Logged out; the response clears the cookie' } },
  async handler({ caller, requester, sender }) {
    await logOutOfPanel(requester, caller, caller.session.id, sender.address);
    return { ...noContent(), headers: { 'Set-Cookie': endedPanelCookie(sender.secure) } };
  },
});
