import { passwordFault } from '../../../../services/access/password-fault.js';
import { readPasswordHash } from '../../../../storage/access/logins.js';
import { hashPassword, isPassword } from '../../../../storage/access/passwords.js';
import { inTransaction } from '../../../../storage/system/transaction.js';
import { setPassword } from '../../../../storage/access/user-writes.js';
import { noContent } from '../../../contract/answers.js';
import { attemptOf, countOrRefuse } from '../../../access/logins.js';
import { defineSessionOperation } from '../../../contract/operation.js';
import { problemAt } from '../../../http/problem.js';
import { newPassword, password } from '../../../contract/schemas.js';
import { z } from '../../../contract/zod.js';

export const changePassword = defineSessionOperation({
  id: 'changePassword',
  method: 'post',
  path: '/v1/me/password',
  area: 'me',
  summary: 'Change the own password',
  description: 'Ends the user’s other sessions; this one goes on. Wrong tries count as failed logins.',
  secretBody: true,
  request: { body: z.strictObject({ current: password, next: newPassword }).openapi('PasswordChange') },
  example: { current: 'k3vh-8wqm-t2xd-5pzr', next: 'correct horse battery staple' },
  responses: { 204: { description: 'Changed' } },
  problems: ['login_throttled'],
  async handler({ body, caller, context, sender, requestId, now }) {
    const { userId, email, resellerId } = caller;
    const fault =
      body.next === body.current ? 'must be another than the current one' : await passwordFault(body.next, caller);
    if (fault !== null) throw problemAt('invalid', '#/next', fault);
    await countOrRefuse(context, attemptOf(email, sender), { id: userId, resellerId }, requestId, now);
    if (!(await isPassword(body.current, await readPasswordHash(context.sql, userId)))) {
      throw problemAt('invalid', '#/current', 'is not your password');
    }
    const hash = await hashPassword(body.next);
    await inTransaction(context.sql, (tx) =>
      setPassword(tx, { id: userId, email, resellerId }, hash, caller.session.id, {
        actor: caller.actor,
        reason: null,
      }),
    );
    return noContent();
  },
});
