import { deleteSavedView } from '../../../../services/clients/views/delete-saved-view.js';
import { noContent } from '../../../contract/answers.js';
import { requireVersion } from '../../../http/if-match.js';
import { defineOperation } from '../../../contract/operation.js';
import { viewJson, viewParams } from './schema.js';

export const deleteViewOperation = defineOperation({
  id: 'deleteView',
  method: 'delete',
  path: '/v1/views/{id}',
  area: 'views',
  summary: 'Delete one of your saved views',
  scope: 'any',
  needsIfMatch: true,
  request: { params: viewParams },
  responses: { 204: { description: 'Deleted' } },
  async handler({ params, caller, requester, ifMatch }) {
    await deleteSavedView(requester, params.id, (row) => requireVersion(ifMatch, row.version, viewJson(row, caller)));
    return noContent();
  },
});
