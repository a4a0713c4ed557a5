import { ok } from '../../contract/answers.js';
import { defineOperation } from '../../contract/operation.js';
import { creditParams, grantItemJson, grantItemSchema, requireGrant } from './shared.js';

export const readTemporaryCreditOperation = defineOperation({
  id: 'readTemporaryCredit',
  method: 'get',
  path: '/v1/temporary-credits/{id}',
  area: 'credit',
  summary: 'Get a temporary credit',
  scope: 'credit:read',
  request: { params: creditParams },
  responses: { 200: { description: 'The temporary credit', schema: grantItemSchema } },
  async handler({ params, scope }) {
    const row = await requireGrant(scope, params.id);
    return ok(grantItemJson(row), { version: row.version });
  },
});
