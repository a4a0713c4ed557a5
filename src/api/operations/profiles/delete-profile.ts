import { deleteProfile } from '../../../storage/profiles/profile-writes.js';
import { lockProfile } from '../../../storage/profiles/profiles.js';
import { inTransaction } from '../../../storage/system/transaction.js';
import { noContent } from '../../contract/answers.js';
import { requireVersion } from '../../http/if-match.js';
import { defineOperation } from '../../contract/operation.js';
import { reason } from '../../contract/schemas.js';
import { z } from '../../contract/zod.js';
import { profileJson } from './convert.js';
import { existing, profileParams } from './read-profile.js';

export const deleteProfileOperation = defineOperation({
  id: 'deleteProfile',
  method: 'delete',
  path: '/v1/profiles/{id}',
  area: 'profiles',
  summary: 'Delete a profile that no client uses',
  scope: 'profiles:write',
  needsIfMatch: true,
  request: { params: profileParams, query: z.strictObject({ reason: reason.optional() }) },
  responses: { 204: { description: 'Deleted' } },
  problems: ['in_use'],
  async handler({ params, query, caller, context, ifMatch }) {
    await inTransaction(context.sql, async (tx) => {
      const row = existing(await lockProfile(tx, caller.resellerId, params.id), params.id);
      requireVersion(ifMatch, row.version, profileJson(row));
      await deleteProfile(tx, row, { actor: caller.actor, reason: query.reason ?? null });
    });
    return noContent();
  },
});
