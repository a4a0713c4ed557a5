import { listSavedViews } from '../../../../storage/clients/saved-views.js';
import { ok } from '../../../contract/answers.js';
import { defineOperation } from '../../../contract/operation.js';
import { z } from '../../../contract/zod.js';
import { viewCaller, viewJson, viewPage, viewSchema } from './schema.js';

export const listViewsOperation = defineOperation({
  id: 'listViews',
  method: 'get',
  path: '/v1/views',
  area: 'views',
  summary: 'List saved views',
  description: 'The caller’s own, then those that others of the same reseller share.',
  scope: 'any',
  request: { query: z.strictObject({ page: viewPage.optional() }) },
  responses: { 200: { description: 'The views', schema: z.strictObject({ data: z.array(viewSchema) }) } },
  async handler({ query, caller, scope }) {
    const rows = await scope.read((q) => listSavedViews(q, viewCaller(caller), query.page ?? null));
    return ok({ data: rows.map((row) => viewJson(row, caller)) });
  },
});
