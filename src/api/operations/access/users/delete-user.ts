import { deleteUser } from '../../../../services/access/delete-user.js';
import type { UserRow } from '../../../../storage/access/users.js';
import { noContent } from '../../../contract/answers.js';
import { requireVersion } from '../../../http/if-match.js';
import { defineOperation } from '../../../contract/operation.js';
import { reason } from '../../../contract/schemas.js';
import { z } from '../../../contract/zod.js';
import { requireAnother, requireNotAbove } from './rights.js';
import { userJson, userParams } from './schema.js';

export const deleteUserOperation = defineOperation({
  id: 'deleteUser',
  method: 'delete',
  path: '/v1/users/{id}',
  area: 'users',
  summary: 'Delete a user',
  description: 'Ends the user’s sessions and revokes the user’s API keys. Refused while a profile notifies the user.',
  scope: 'users:write',
  needsIfMatch: true,
  request: { params: userParams, query: z.strictObject({ reason: reason.optional() }) },
  responses: { 204: { description: 'Deleted' } },
  problems: ['in_use', 'conflict', 'credit_above_maximum'],
  async handler({ params, query, caller, requester, ifMatch }) {
    const precondition = (row: UserRow): void => {
      requireVersion(ifMatch, row.version, userJson(row));
      requireNotAbove(caller, row);
      requireAnother(caller, row, 'you can’t delete yourself');
    };
    await deleteUser(requester, params.id, precondition, query.reason ?? null);
    return noContent();
  },
});
