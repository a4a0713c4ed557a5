import { inTransaction } from '../../../storage/transaction.js';
import { lockUser, updateUser as update } from '../../../storage/users.js';
import { ok } from '../../answers.js';
import { requireVersion } from '../../if-match.js';
import { defineOperation } from '../../operation.js';
import { existing, userJson, userParams, userPatch, userSchema } from './schema.js';

export const updateUser = defineOperation({
  id: 'updateUser',
  method: 'patch',
  path: '/v1/users/{id}',
  area: 'users',
  summary: 'Change the name or the e-mail of a user',
  scope: 'users:write',
  needsIfMatch: true,
  request: { params: userParams, body: userPatch },
  example: { email: 'anna@operator.example' },
  responses: { 200: { description: 'The user', schema: userSchema } },
  problems: ['already_exists'],
  async handler({ params, body, caller, context, ifMatch }) {
    const row = await inTransaction(context.sql, async (tx) => {
      const before = existing(await lockUser(tx, caller.resellerId, params.id), params.id);
      requireVersion(ifMatch, before.version, userJson(before));
      const fields = { name: body.name ?? before.name, email: body.email ?? before.email };
      return update(tx, caller.resellerId, before, fields, { actor: caller.actor, reason: body.reason ?? null });
    });
    return ok(userJson(row), { version: row.version });
  },
});
