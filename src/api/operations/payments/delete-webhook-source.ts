import { deleteWebhookSource } from '../../../services/payments/delete-webhook-source.js';
import { noContent } from '../../contract/answers.js';
import { requireVersion } from '../../http/if-match.js';
import { defineOperation } from '../../contract/operation.js';
import { pathId } from '../../contract/schemas.js';
import { z } from '../../contract/zod.js';
import { sourceJson } from './shared.js';

export const deleteWebhookSourceOperation = defineOperation({
  id: 'deleteWebhookSource',
  method: 'delete',
  path: '/v1/webhook-sources/{id}',
  area: 'webhooks',
  summary: 'Delete a webhook source',
  description: 'Payments that it posted stay recorded.',
  scope: 'webhooks:write',
  needsIfMatch: true,
  request: { params: z.strictObject({ id: pathId }) },
  responses: { 204: { description: 'Deleted' } },
  async handler({ params, requester, context, ifMatch, now }) {
    await deleteWebhookSource(requester, params.id, (row) =>
      requireVersion(ifMatch, row.version, sourceJson(context, row, now)),
    );
    return noContent();
  },
});
