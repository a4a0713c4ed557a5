import { listUsers as list } from '../../../storage/users.js';
import { listed, listQuery, pageOf, pageRequest } from '../../lists.js';
import { defineOperation } from '../../operation.js';
import { line, reference } from '../../schemas.js';
import { userJson, userSchema } from './schema.js';

export const listUsers = defineOperation({
  id: 'listUsers',
  method: 'get',
  path: '/v1/users',
  area: 'users',
  summary: 'List users whom profiles can notify',
  scope: 'users:read',
  request: {
    query: listQuery(['name', 'email', 'id', 'createdAt'], 'name').extend({
      name: line(200).optional().openapi({ description: 'Beginning of the name' }),
      email: line(254).optional(),
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
    };
    return listed(input, await list(context.sql, caller.resellerId, filter, pageRequest(query)), userJson);
  },
});
