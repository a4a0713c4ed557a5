import { userRoles } from '../../../../storage/access/users.js';
import { ok } from '../../../contract/answers.js';
import { defineOperation } from '../../../contract/operation.js';
import { firstScopeAbove } from '../../../access/rights.js';
import { roles } from '../../../access/roles.js';
import { z } from '../../../contract/zod.js';

const roleSchema = z
  .strictObject({
    role: z.enum(userRoles),
    text: z.string().openapi({ description: 'What the role is for' }),
    scopes: z.array(z.string()),
    assignable: z
      .boolean()
      .openapi({ description: 'The caller may give it: it may do nothing that the caller may not' }),
  })
  .openapi('Role');

export const listRolesOperation = defineOperation({
  id: 'listRoles',
  method: 'get',
  path: '/v1/roles',
  area: 'users',
  summary: 'List the roles that users can have',
  scope: 'any',
  responses: { 200: { description: 'All roles', schema: z.strictObject({ data: z.array(roleSchema) }) } },
  async handler({ caller }) {
    const data = userRoles.map((role) => {
      const { text, scopes } = roles[role];
      return { role, text, scopes, assignable: firstScopeAbove(caller.scopes, scopes) === null };
    });
    return ok({ data });
  },
});
