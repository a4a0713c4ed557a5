import { listUsers, userRoles, userStatuses } from '../../../../storage/access/users.js';
import { listed, listQuery, oneOrMore, pageOf, pageRequest } from '../../../contract/lists.js';
import { defineOperation } from '../../../contract/operation.js';
import { line, reference } from '../../../contract/schemas.js';
import { z } from '../../../contract/zod.js';
import { userJson, userSchema } from './schema.js';

export const listUsersOperation = defineOperation({
  id: 'listUsers',
  method: 'get',
  path: '/v1/users',
  area: 'users',
  summary: 'List users: who logs in, and whom profiles can notify',
  scope: 'users:read',
  request: {
    query: listQuery(['name', 'email', 'id', 'createdAt', 'lastLoginAt'], 'name').extend({
      name: line(200).optional().openapi({ description: 'Beginning of the name' }),
      email: line(254).optional(),
      role: oneOrMore(userRoles).optional().openapi({ type: 'string', description: 'One, or several with commas' }),
      status: z.enum(userStatuses).optional(),
      resellerId: reference.optional().openapi({ description: 'Users of this reseller and below' }),
    }),
  },
  responses: { 200: { description: 'A page of users', schema: pageOf(userSchema) } },
  async handler(input) {
    const { query, caller, context } = input;
    const filter = {
      name: query.name ?? null,
      email: query.email ?? null,
      resellerId: query.resellerId ?? null,
      roles: query.role ?? null,
      status: query.status ?? null,
    };
    return listed(input, await listUsers(context.sql, caller.resellerId, filter, pageRequest(query)), userJson);
  },
});
