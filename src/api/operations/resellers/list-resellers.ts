import { listResellers, resellerKinds } from '../../../storage/resellers/resellers.js';
import { listed, listQuery, pageOf, pageRequest } from '../../contract/lists.js';
import { defineOperation } from '../../contract/operation.js';
import { line, reference } from '../../contract/schemas.js';
import { z } from '../../contract/zod.js';
import { resellerJson, resellerSchema } from './schema.js';

export const listResellersOperation = defineOperation({
  id: 'listResellers',
  method: 'get',
  path: '/v1/resellers',
  area: 'resellers',
  summary: 'List resellers and managers',
  scope: 'resellers:read',
  request: {
    query: listQuery(['name', 'id', 'createdAt'], 'name').extend({
      name: line(200).optional().openapi({ description: 'Beginning of the name' }),
      parentId: reference.optional().openapi({ description: 'Only those right below' }),
      kind: z.enum(resellerKinds).optional(),
    }),
  },
  responses: { 200: { description: 'A page of resellers', schema: pageOf(resellerSchema) } },
  async handler(input) {
    const { query, caller, context } = input;
    const filter = { name: query.name ?? null, parentId: query.parentId ?? null, kind: query.kind ?? null };
    return listed(input, await listResellers(context.sql, caller.resellerId, filter, pageRequest(query)), resellerJson);
  },
});
