import { updateWebhookEndpoint } from '../../../../services/events/webhooks/update-webhook-endpoint.js';
import { ok } from '../../../contract/answers.js';
import { defineOperation } from '../../../contract/operation.js';
import { requireVersion } from '../../../http/if-match.js';
import { checkWebhookUrl } from './check-url.js';
import { endpointJson, endpointParams, endpointPatch, endpointSchema } from './schema.js';

export const updateWebhookEndpointOperation = defineOperation({
  id: 'updateWebhookEndpoint',
  method: 'patch',
  path: '/v1/webhook-endpoints/{id}',
  area: 'webhooks',
  summary: 'Change fields of a webhook endpoint',
  description:
    'Disabling it skips what waits and what comes, and keeps both for a replay. Enabling it sends new events only: replay ' +
    'those that it missed.',
  scope: 'webhooks:write',
  needsIfMatch: true,
  request: { params: endpointParams, body: endpointPatch },
  example: { enabled: false },
  responses: { 200: { description: 'The endpoint', schema: endpointSchema } },
  problems: ['already_exists'],
  async handler({ params, body, requester, context, ifMatch, now }) {
    if (body.url !== undefined) await checkWebhookUrl(context, body.url);
    const row = await updateWebhookEndpoint(requester, params.id, body, (before) =>
      requireVersion(ifMatch, before.version, endpointJson(before, now)),
    );
    return ok(endpointJson(row, now), { version: row.version });
  },
});
