import { findApiKey, listApiKeys } from '../../../storage/api-key-admin.js';
import { ok } from '../../answers.js';
import { listed, listQuery, pageOf, pageRequest } from '../../lists.js';
import { defineOperation } from '../../operation.js';
import { reference } from '../../schemas.js';
import { z } from '../../zod.js';
import { existing, keyJson, keyParams, keySchema } from './schema.js';

export const listKeys = defineOperation({
  id: 'listApiKeys',
  method: 'get',
  path: '/v1/api-keys',
  area: 'keys',
  summary: 'List API keys',
  scope: 'keys:read',
  request: {
    query: listQuery(['name', 'id', 'createdAt', 'lastUsedAt'], 'name').extend({
      resellerId: reference.optional().openapi({ description: 'Keys of this reseller and below' }),
      ownerId: reference.optional().openapi({ description: 'Keys of this user' }),
      status: z.enum(['usable', 'all']).default('all'),
    }),
  },
  responses: { 200: { description: 'A page of keys, none with its secret', schema: pageOf(keySchema) } },
  async handler(input) {
    const { query, caller, context, now } = input;
    const filter = { resellerId: query.resellerId ?? null, ownerId: query.ownerId ?? null, status: query.status };
    const page = await listApiKeys(context.sql, caller.resellerId, filter, now, pageRequest(query));
    return listed(input, page, (row) => keyJson(row, now));
  },
});

export const readKey = defineOperation({
  id: 'readApiKey',
  method: 'get',
  path: '/v1/api-keys/{id}',
  area: 'keys',
  summary: 'Read an API key, without its secret',
  scope: 'keys:read',
  request: { params: keyParams },
  responses: { 200: { description: 'The key', schema: keySchema } },
  async handler({ params, caller, context, now }) {
    const row = existing(await findApiKey(context.sql, caller.resellerId, params.id), params.id);
    return ok(keyJson(row, now));
  },
});
