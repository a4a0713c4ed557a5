import { revokeApiKey } from '../../../../services/access/revoke-api-key.js';
import { noContent } from '../../../contract/answers.js';
import { defineOperation } from '../../../contract/operation.js';
import { reason } from '../../../contract/schemas.js';
import { z } from '../../../contract/zod.js';
import { keyParams } from './schema.js';

export const revokeKeyOperation = defineOperation({
  id: 'revokeApiKey',
  method: 'delete',
  path: '/v1/api-keys/{id}',
  area: 'keys',
  summary: 'Revoke an API key',
  description: 'From this moment on the key is refused. Its row stays, for what it did.',
  scope: 'keys:write',
  request: { params: keyParams, query: z.strictObject({ reason: reason.optional() }) },
  responses: { 204: { description: 'Revoked, now or before' } },
  async handler({ params, query, requester }) {
    await revokeApiKey(requester, params.id, query.reason ?? null);
    return noContent();
  },
});
