import { revokeApiKey } from '../../../../services/access/revoke-api-key.js';
import type { OwnedKey } from '../../../../storage/access/api-keys.js';
import { keyRights } from '../../../../services/access/rights-now.js';
import { noContent } from '../../../contract/answers.js';
import { requireNoMoreRights } from '../../../contract/delegation.js';
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
  description:
    'From this moment on the key is refused, and its event streams end. Its row stays, for what it did. A key that may do ' +
    'more than the caller is not revoked, nor is the last key of the operator that may do everything.',
  scope: 'keys:write',
  request: { params: keyParams, query: z.strictObject({ reason: reason.optional() }) },
  responses: { 204: { description: 'Revoked, now or earlier' } },
  problems: ['conflict', 'credit_above_maximum'],
  async handler({ params, query, caller, requester }) {
    const precondition = (key: OwnedKey): void => requireNoMoreRights(caller, keyRights(key), 'this key');
    await revokeApiKey(requester, params.id, precondition, query.reason ?? null);
    return noContent();
  },
});
