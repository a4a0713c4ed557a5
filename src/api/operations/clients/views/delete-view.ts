import { deleteSavedView, lockSavedView } from '../../../../storage/clients/saved-views.js';
import { inTransaction } from '../../../../storage/system/transaction.js';
import { noContent } from '../../../contract/answers.js';
import { requireVersion } from '../../../http/if-match.js';
import { defineOperation } from '../../../contract/operation.js';
import { existing, viewCaller, viewJson, viewParams } from './schema.js';

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
  async handler({ params, caller, context, ifMatch }) {
    await inTransaction(context.sql, async (tx) => {
      const row = existing(await lockSavedView(tx, viewCaller(caller), params.id), params.id);
      requireVersion(ifMatch, row.version, viewJson(row, caller));
      await deleteSavedView(tx, row, { actor: caller.actor, reason: null });
    });
    return noContent();
  },
});
