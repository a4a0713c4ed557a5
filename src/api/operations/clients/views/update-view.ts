import { updateSavedView } from '../../../../services/clients/views/update-saved-view.js';
import { ok } from '../../../contract/answers.js';
import { requireVersion } from '../../../http/if-match.js';
import { defineOperation } from '../../../contract/operation.js';
import { viewJson, viewParams, viewPatch, viewSchema } from './schema.js';

export const updateViewOperation = defineOperation({
  id: 'updateView',
  method: 'patch',
  path: '/v1/views/{id}',
  area: 'views',
  summary: 'Change one of your saved views',
  scope: 'any',
  needsIfMatch: true,
  request: { params: viewParams, body: viewPatch },
  example: { name: 'Low and late', shared: false },
  responses: { 200: { description: 'Changed', schema: viewSchema } },
  problems: ['already_exists'],
  async handler({ params, body, caller, requester, ifMatch }) {
    const row = await updateSavedView(requester, params.id, body, (before) =>
      requireVersion(ifMatch, before.version, viewJson(before, caller)),
    );
    return ok(viewJson(row, caller), { version: row.version });
  },
});
