import { deleteReseller } from '../../../services/resellers/delete-reseller.js';
import { noContent } from '../../contract/answers.js';
import { defineOperation } from '../../contract/operation.js';
import { reason } from '../../contract/schemas.js';
import { z } from '../../contract/zod.js';
import { requireVersion } from '../../http/if-match.js';
import { resellerJson, resellerParams } from './schema.js';

export const deleteResellerOperation = defineOperation({
  id: 'deleteReseller',
  method: 'delete',
  path: '/v1/resellers/{id}',
  area: 'resellers',
  summary: 'Delete a reseller or a manager',
  description:
    'It stays readable (`status` `deleted`). Refused while it has sub-resellers, managers, clients, active users, or API ' +
    'keys, with how many. Clients of a deleted manager have none any more: their owner is their reseller again.',
  scope: 'resellers:write',
  needsIfMatch: true,
  request: { params: resellerParams, query: z.strictObject({ reason: reason.optional() }) },
  responses: { 204: { description: 'Deleted' } },
  problems: ['in_use'],
  async handler({ params, query, requester, ifMatch }) {
    await deleteReseller(requester, params.id, query.reason ?? null, (before) =>
      requireVersion(ifMatch, before.version, resellerJson(before)),
    );
    return noContent();
  },
});
