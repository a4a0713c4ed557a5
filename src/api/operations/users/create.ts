import { inTransaction } from '../../../storage/transaction.js';
import { createUser as insert } from '../../../storage/users.js';
import { created } from '../../answers.js';
import { defineOperation } from '../../operation.js';
import { userBody, userJson, userSchema } from './schema.js';

export const createUser = defineOperation({
  id: 'createUser',
  method: 'post',
  path: '/v1/users',
  area: 'users',
  summary: 'Add a user',
  scope: 'users:write',
  request: { body: userBody },
  example: { name: 'Anna Example', email: 'anna@operator.example' },
  responses: { 201: { description: 'The user', schema: userSchema } },
  problems: ['not_found', 'conflict', 'already_exists'],
  async handler({ body, caller, context }) {
    const input = { name: body.name, email: body.email, resellerId: body.resellerId ?? caller.resellerId };
    const change = { actor: caller.actor, reason: body.reason ?? null };
    const row = await inTransaction(context.sql, (tx) => insert(tx, caller.resellerId, input, change));
    return created(`/v1/users/${row.id}`, userJson(row), { version: row.version });
  },
});
