import { revokeApiKey } from '../../../../storage/access/api-key-admin.js';
import { inTransaction } from '../../../../storage/system/transaction.js';
import { noContent } from '../../../contract/answers.js';
import { defineOperation } from '../../../contract/operation.js';
import { reason } from '../../../contract/schemas.js';
import { z } from '../../../contract/zod.js';
import { existing, keyParams } from './schema.js';

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
  async handler({ params, query, caller, context, now }) {
    const change = { actor: caller.actor, reason: query.reason ?? null };
    const found = await inTransaction(context.sql, (tx) => revokeApiKey(tx, caller.resellerId, params.id, now, change));
    existing(found || null, params.id);
    return noContent();
  },
});
