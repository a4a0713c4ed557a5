import { findApiKey } from '../../../../storage/access/api-key-admin.js';
import { ok } from '../../../contract/answers.js';
import { defineOperation } from '../../../contract/operation.js';
import { existing, keyJson, keyParams, keySchema } from './schema.js';

export const readKeyOperation = defineOperation({
  id: 'readApiKey',
  method: 'get',
  path: '/v1/api-keys/{id}',
  area: 'keys',
  summary: 'Read an API key, without its secret',
  scope: 'keys:read',
  request: { params: keyParams },
  responses: { 200: { description: 'The key', schema: keySchema } },
  async handler({ params, now, scope }) {
    const row = existing(await scope.read((q) => findApiKey(q, scope.resellerId, params.id)), params.id);
    return ok(keyJson(row, now));
  },
});
