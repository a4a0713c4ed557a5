import { lockSavedView, updateSavedView } from '../../../../storage/clients/saved-views.js';
import { inTransaction } from '../../../../storage/system/transaction.js';
import { ok } from '../../../contract/answers.js';
import { requireVersion } from '../../../http/if-match.js';
import { defineOperation } from '../../../contract/operation.js';
import { existing, viewCaller, viewJson, viewParams, viewPatch, viewSchema } from './schema.js';

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
  async handler({ params, body, caller, context, ifMatch }) {
    const row = await inTransaction(context.sql, async (tx) => {
      const before = existing(await lockSavedView(tx, viewCaller(caller), params.id), params.id);
      requireVersion(ifMatch, before.version, viewJson(before, caller));
      const fields = {
        page: before.page,
        name: body.name ?? before.name,
        query: body.query ?? before.query,
        shared: body.shared ?? before.shared,
      };
      return updateSavedView(tx, before, fields, { actor: caller.actor, reason: null });
    });
    return ok(viewJson(row, caller), { version: row.version });
  },
});
