import { findUser } from '../../../../storage/access/users.js';
import { ok } from '../../../contract/answers.js';
import { defineOperation } from '../../../contract/operation.js';
import { existing, userJson, userParams, userSchema } from './schema.js';

export const readUserOperation = defineOperation({
  id: 'readUser',
  method: 'get',
  path: '/v1/users/{id}',
  area: 'users',
  summary: 'Read a user',
  scope: 'users:read',
  request: { params: userParams },
  responses: { 200: { description: 'The user', schema: userSchema } },
  async handler({ params, scope }) {
    const row = existing(await scope.read((q) => findUser(q, scope.resellerId, params.id)), params.id);
    return ok(userJson(row), { version: row.version });
  },
});
