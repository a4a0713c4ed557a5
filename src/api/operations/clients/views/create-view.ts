import { createSavedView } from '../../../../storage/clients/saved-views.js';
import { inTransaction } from '../../../../storage/system/transaction.js';
import { created } from '../../../contract/answers.js';
import { defineOperation } from '../../../contract/operation.js';
import { viewBody, viewCaller, viewExample, viewJson, viewSchema } from './schema.js';

export const createViewOperation = defineOperation({
  id: 'createView',
  method: 'post',
  path: '/v1/views',
  area: 'views',
  summary: 'Save a view of a page',
  scope: 'any',
  request: { body: viewBody },
  example: viewExample,
  responses: { 201: { description: 'Saved', schema: viewSchema } },
  problems: ['already_exists'],
  async handler({ body, caller, context }) {
    const row = await inTransaction(context.sql, (tx) =>
      createSavedView(tx, viewCaller(caller), body, { actor: caller.actor, reason: null }),
    );
    return created(`/v1/views/${row.id}`, viewJson(row, caller), { version: row.version });
  },
});
