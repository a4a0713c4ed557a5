import { userRoles } from '../../../../domain/access/roles.js';
import { userList, userStatuses } from '../../../../storage/access/users.js';
import { defineList } from '../../../contract/define-list.js';
import { oneOrMore } from '../../../contract/lists.js';
import { line, reference } from '../../../contract/schemas.js';
import { z } from '../../../contract/zod.js';
import { userJson, userSchema } from './schema.js';

export const listUsersOperation = defineList({
  id: 'listUsers',
  path: '/v1/users',
  area: 'users',
  summary: 'List users',
  scope: 'users:read',
  filters: {
    name: line(200).optional().openapi({ description: 'Start of the name' }),
    email: line(254).optional(),
    role: oneOrMore(userRoles).optional(),
    status: z.enum(userStatuses).optional(),
    resellerId: reference.optional().openapi({ description: 'Users of this reseller and its sub-resellers' }),
  },
  sorts: ['name', 'email', 'id', 'createdAt', 'lastLoginAt'],
  order: 'name',
  page: 'A page of users',
  item: userSchema,
  rows: (q, { filter, caller }) => userList(q, caller.resellerId, filter),
  toJson: userJson,
  csv: {
    id: 'exportUsers',
    name: 'users',
    what: 'users',
    columns: {
      id: { header: 'ID', value: ({ id }) => ({ number: id }) },
      name: { header: 'Name', value: ({ name }) => name },
      email: { header: 'Email', value: ({ email }) => email },
      role: { header: 'Role', value: ({ role }) => role },
      status: { header: 'Status', value: ({ status }) => status },
      canLogIn: { header: 'Can log in', value: ({ canLogIn }) => canLogIn },
      secondFactor: { header: 'Two-step login', value: ({ secondFactor }) => secondFactor },
      resellerId: { header: 'Reseller ID', value: ({ resellerId }) => ({ number: resellerId }) },
      resellerName: { header: 'Reseller', value: ({ resellerName }) => resellerName },
      lastLoginAt: { header: 'Last login', value: ({ lastLoginAt }) => lastLoginAt },
      profiles: { header: 'Profiles', value: ({ profiles }) => ({ number: profiles }) },
      createdAt: { header: 'Created', value: ({ createdAt }) => createdAt },
    },
  },
});
