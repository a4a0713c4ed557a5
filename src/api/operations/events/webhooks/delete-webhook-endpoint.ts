import { deleteWebhookEndpoint } from '../../../../services/events/webhooks/delete-webhook-endpoint.js';
import { noContent } from '../../../contract/answers.js';
import { defineOperation } from '../../../contract/operation.js';
import { requireVersion } from '../../../http/if-match.js';
import { endpointJson, endpointParams } from './schema.js';

export const deleteWebhookEndpointOperation = defineOperation({
  id: 'deleteWebhookEndpoint',
  method: 'delete',
  path: '/v1/webhook-endpoints/{id}',
  area: 'webhooks',
  summary: 'Delete a webhook endpoint',
  description: 'With its delivery log. Deliveries that wait are not sent. Disable it instead to keep them.',
  scope: 'webhooks:write',
  needsIfMatch: true,
  request: { params: endpointParams },
  responses: { 204: { description: 'Deleted' } },
  async handler({ params, requester, ifMatch, now }) {
    await deleteWebhookEndpoint(requester, params.id, (row) =>
      requireVersion(ifMatch, row.version, endpointJson(row, now)),
    );
    return noContent();
  },
});
