import { createSavedView } from '../../../../services/clients/views/create-saved-view.js';
import { created } from '../../../contract/answers.js';
import { defineOperation } from '../../../contract/operation.js';
import { viewBody, viewExample, viewJson, viewSchema } from './schema.js';

export const createViewOperation = defineOperation({
  id: 'createView',
  method: 'post',
  path: '/v1/views',
  area: 'views',
  summary: 'Save a view',
  scope: 'any',
  request: { body: viewBody },
  example: viewExample,
  responses: { 201: { description: 'Saved', schema: viewSchema } },
  problems: ['already_exists'],
  async handler({ body, caller, requester }) {
    const row = await createSavedView(requester, body);
    return created(`/v1/views/${row.id}`, viewJson(row, caller), { version: row.version });
  },
});
