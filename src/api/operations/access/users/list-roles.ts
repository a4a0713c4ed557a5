import { userRoles } from '../../../../domain/access/roles.js';
import { ok } from '../../../contract/answers.js';
import { defineOperation } from '../../../contract/operation.js';
import { firstScopeAbove } from '../../../access/rights.js';
import { roles } from '../../../../domain/access/roles.js';
import { z } from '../../../contract/zod.js';

const roleSchema = z
  .strictObject({
    role: z.enum(userRoles),
    text: z.string().openapi({ description: 'Purpose of the role' }),
    scopes: z.array(z.string()),
    assignable: z
      .boolean()
      .openapi({ description: 'Whether the caller may assign it: it has no scope that the caller lacks' }),
  })
  .openapi('Role');

export const listRolesOperation = defineOperation({
  id: 'listRoles',
  method: 'get',
  path: '/v1/roles',
  area: 'users',
  summary: 'List roles',
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
