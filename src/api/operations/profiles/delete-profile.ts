import { deleteProfile } from '../../../services/profiles/delete-profile.js';
import { noContent } from '../../contract/answers.js';
import { requireVersion } from '../../http/if-match.js';
import { defineOperation } from '../../contract/operation.js';
import { reason } from '../../contract/schemas.js';
import { z } from '../../contract/zod.js';
import { profileJson } from './convert.js';
import { profileParams } from './read-profile.js';

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
  async handler({ params, query, requester, ifMatch }) {
    await deleteProfile(requester, params.id, query.reason ?? null, (row) =>
      requireVersion(ifMatch, row.version, profileJson(row)),
    );
    return noContent();
  },
});
