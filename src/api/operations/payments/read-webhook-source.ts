import { DomainError } from '../../../domain/errors.js';
import { findWebhookSource } from '../../../storage/payments/webhook-sources.js';
import { ok } from '../../contract/answers.js';
import { defineOperation } from '../../contract/operation.js';
import { pathId } from '../../contract/schemas.js';
import { z } from '../../contract/zod.js';
import { sourceJson, sourceSchema } from './shared.js';

export const readWebhookSourceOperation = defineOperation({
  id: 'readWebhookSource',
  method: 'get',
  path: '/v1/webhook-sources/{id}',
  area: 'webhooks',
  summary: 'Get a webhook source',
  scope: 'webhooks:read',
  request: { params: z.strictObject({ id: pathId }) },
  responses: { 200: { description: 'The source', schema: sourceSchema } },
  async handler({ params, caller, context, now, scope }) {
    const source = await scope.read((q) => findWebhookSource(q, caller.resellerId, params.id));
    if (!source) throw new DomainError('not_found', `there is no webhook source ${params.id}`, '/path/id');
    return ok(sourceJson(context, source, now), { version: source.version });
  },
});
