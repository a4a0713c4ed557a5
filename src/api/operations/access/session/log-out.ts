import { auditLogin } from '../../../../storage/access/logins.js';
import { endSession } from '../../../../storage/access/sessions.js';
import { inTransaction } from '../../../../storage/system/transaction.js';
import { noContent } from '../../../contract/answers.js';
import { defineSessionOperation } from '../../../contract/operation.js';
import { endedSessionCookie } from '../../../access/session-cookie.js';

export const logOut = defineSessionOperation({
  id: 'logOut',
  method: 'delete',
  path: '/v1/session',
  area: 'session',
  summary: 'Log out',
  responses: { 204: { description: 'Logged out; the cookie is taken away' } },
  async handler({ caller, context, sender, requestId }) {
    await inTransaction(context.sql, async (tx) => {
      await endSession(tx, caller.userId, caller.session.id);
      await auditLogin(
        tx,
        'session.logout',
        { id: caller.userId, resellerId: caller.resellerId },
        sender.address,
        requestId,
      );
    });
    return { ...noContent(), headers: { 'Set-Cookie': endedSessionCookie(sender.secure) } };
  },
});
