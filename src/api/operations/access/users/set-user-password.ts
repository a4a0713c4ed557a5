import { passwordFault } from '../../../../services/access/password-fault.js';
import { hashPassword } from '../../../../storage/access/passwords.js';
import { inTransaction } from '../../../../storage/system/transaction.js';
import { setPassword } from '../../../../storage/access/user-writes.js';
import { findUser, lockUser } from '../../../../storage/access/users.js';
import { noContent } from '../../../contract/answers.js';
import { personOf } from '../../../context.js';
import { defineOperation } from '../../../contract/operation.js';
import { ApiProblem, problemAt } from '../../../http/problem.js';
import { newPassword, reason } from '../../../contract/schemas.js';
import { z } from '../../../contract/zod.js';
import { requireNotAbove } from './rights.js';
import { existing, userParams } from './schema.js';

export const setUserPasswordOperation = defineOperation({
  id: 'setUserPassword',
  method: 'post',
  path: '/v1/users/{id}/password',
  area: 'users',
  summary: 'Set a new password for a user',
  description:
    'Logs the user out everywhere. `null` takes the password away: the user can no longer log in and stays a recipient. One’s own is changed with POST /v1/me/password.',
  scope: 'users:write',
  secretBody: true,
  request: {
    params: userParams,
    body: z.strictObject({ password: newPassword.nullable(), reason: reason.optional() }).openapi('NewPassword'),
  },
  example: { password: 'correct horse battery staple' },
  responses: { 204: { description: 'Set' } },
  problems: ['conflict', 'credit_above_maximum'],
  async handler({ params, body, caller, context, scope }) {
    const user = existing(await scope.read((q) => findUser(q, caller.resellerId, params.id)), params.id);
    if (personOf(caller) === user.id) {
      throw new ApiProblem('conflict', 'this is your own password: change it with POST /v1/me/password');
    }
    const fault = body.password === null ? null : await passwordFault(body.password, user);
    if (fault !== null) throw problemAt('invalid', '#/password', fault);
    // Hashed outside of the transaction: it takes its time on purpose.
    const hash = body.password === null ? null : await hashPassword(body.password);
    await inTransaction(context.sql, async (tx) => {
      const row = existing(await lockUser(tx, caller.resellerId, params.id), params.id);
      requireNotAbove(caller, row);
      await setPassword(tx, row, hash, null, { actor: caller.actor, reason: body.reason ?? null });
    });
    return noContent();
  },
});
