import { apiKeyList, type KeyFilter } from '../../../../storage/access/api-key-admin.js';
import { readPage } from '../../../../storage/system/paging.js';
import { listed, listQuery, pageOf, pageRequest } from '../../../contract/lists.js';
import { defineOperation } from '../../../contract/operation.js';
import { line, reference } from '../../../contract/schemas.js';
import { z } from '../../../contract/zod.js';
import { keyJson, keySchema } from './schema.js';

export const keyListQuery = listQuery(['name', 'id', 'createdAt', 'lastUsedAt'], 'name').extend({
  resellerId: reference.optional().openapi({ description: 'Keys of this reseller and below' }),
  ownerId: reference.optional().openapi({ description: 'Keys of this user' }),
  status: z.enum(['usable', 'all']).default('all'),
  q: line(200).optional().openapi({ description: 'Within name or prefix, without case' }),
});

export const listKeysOperation = defineOperation({
  id: 'listApiKeys',
  method: 'get',
  path: '/v1/api-keys',
  area: 'keys',
  summary: 'List API keys',
  scope: 'keys:read',
  request: { query: keyListQuery },
  responses: { 200: { description: 'A page of keys, none with its secret', schema: pageOf(keySchema) } },
  async handler(input) {
    const { query, caller, context, now } = input;
    const wanted = apiKeyList(context.sql, caller.resellerId, keyFilterOf(query), now);
    return listed(input, await readPage(context.sql, pageRequest(query), wanted), (row) => keyJson(row, now));
  },
});

type Asked = Omit<z.output<typeof keyListQuery>, 'limit' | 'cursor' | 'sort' | 'include'>;

export function keyFilterOf(asked: Asked): KeyFilter {
  return {
    resellerId: asked.resellerId ?? null,
    ownerId: asked.ownerId ?? null,
    status: asked.status,
    q: asked.q ?? null,
  };
}
