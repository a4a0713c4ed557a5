import { userList, userRoles, userStatuses } from '../../../../storage/access/users.js';
import { defineList } from '../../../contract/define-list.js';
import { oneOrMore } from '../../../contract/lists.js';
import { line, reference } from '../../../contract/schemas.js';
import { z } from '../../../contract/zod.js';
import { userJson, userSchema } from './schema.js';

export const listUsersOperation = defineList({
  id: 'listUsers',
  path: '/v1/users',
  area: 'users',
  summary: 'List users: who logs in, and whom profiles can notify',
  scope: 'users:read',
  filters: {
    name: line(200).optional().openapi({ description: 'Beginning of the name' }),
    email: line(254).optional(),
    role: oneOrMore(userRoles).optional(),
    status: z.enum(userStatuses).optional(),
    resellerId: reference.optional().openapi({ description: 'Users of this reseller and below' }),
  },
  sorts: ['name', 'email', 'id', 'createdAt', 'lastLoginAt'],
  order: 'name',
  page: 'A page of users',
  item: userSchema,
  rows: (q, { filter, caller }) => userList(q, caller.resellerId, filter),
  toJson: userJson,
});
