import { DomainError } from '../../../../domain/errors.js';
import { findEndpoint } from '../../../../storage/events/webhooks/endpoints.js';
import { ok } from '../../../contract/answers.js';
import { defineOperation } from '../../../contract/operation.js';
import { endpointJson, endpointParams, endpointSchema } from './schema.js';

export const readWebhookEndpointOperation = defineOperation({
  id: 'readWebhookEndpoint',
  method: 'get',
  path: '/v1/webhook-endpoints/{id}',
  area: 'webhooks',
  summary: 'Get a webhook endpoint',
  scope: 'webhooks:read',
  request: { params: endpointParams },
  responses: { 200: { description: 'The endpoint', schema: endpointSchema } },
  async handler({ params, caller, now, scope }) {
    const row = await scope.read((q) => findEndpoint(q, caller.resellerId, params.id));
    if (!row) throw new DomainError('not_found', `there is no webhook endpoint ${params.id}`, '/path/id');
    return ok(endpointJson(row, now), { version: row.version });
  },
});
