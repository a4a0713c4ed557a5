import { logOut } from '../../../../services/access/log-out.js';
import { noContent } from '../../../contract/answers.js';
import { defineSessionOperation } from '../../../contract/operation.js';
import { endedSessionCookie } from '../../../access/session-cookie.js';

export const logOutOperation = defineSessionOperation({
  id: 'logOut',
  method: 'delete',
  path: '/v1/session',
  area: 'session',
  summary: 'Log out',
  responses: { 204: { description: 'Logged out; the response clears the cookie' } },
  async handler({ caller, requester, sender }) {
    await logOut(requester, { id: caller.userId, resellerId: caller.resellerId }, caller.session.id, sender.address);
    return { ...noContent(), headers: { 'Set-Cookie': endedSessionCookie(sender.secure) } };
  },
});
