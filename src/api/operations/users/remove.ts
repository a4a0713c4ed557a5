import { inTransaction } from '../../../storage/transaction.js';
import { deleteUser as remove, lockUser } from '../../../storage/users.js';
import { noContent } from '../../answers.js';
import { requireVersion } from '../../if-match.js';
import { defineOperation } from '../../operation.js';
import { reason } from '../../schemas.js';
import { z } from '../../zod.js';
import { existing, userJson, userParams } from './schema.js';

export const deleteUser = defineOperation({
  id: 'deleteUser',
  method: 'delete',
  path: '/v1/users/{id}',
  area: 'users',
  summary: 'Delete a user whom no profile notifies',
  scope: 'users:write',
  needsIfMatch: true,
  request: { params: userParams, query: z.strictObject({ reason: reason.optional() }) },
  responses: { 204: { description: 'Deleted' } },
  problems: ['in_use'],
  async handler({ params, query, caller, context, ifMatch }) {
    await inTransaction(context.sql, async (tx) => {
      const row = existing(await lockUser(tx, caller.resellerId, params.id), params.id);
      requireVersion(ifMatch, row.version, userJson(row));
      await remove(tx, row, { actor: caller.actor, reason: query.reason ?? null });
    });
    return noContent();
  },
});
