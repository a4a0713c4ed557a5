import { changeWebhookSource } from '../../../services/payments/change-webhook-source.js';
import { ok } from '../../contract/answers.js';
import { requireVersion } from '../../http/if-match.js';
import { defineOperation } from '../../contract/operation.js';
import { pathId } from '../../contract/schemas.js';
import { z } from '../../contract/zod.js';
import { sourceJson, sourceSchema } from './shared.js';

export const changeWebhookSourceOperation = defineOperation({
  id: 'changeWebhookSource',
  method: 'patch',
  path: '/v1/webhook-sources/{id}',
  area: 'webhooks',
  summary: 'Enable or disable a webhook source',
  description: 'While it is disabled, its messages are rejected like messages with a wrong signature.',
  scope: 'webhooks:write',
  needsIfMatch: true,
  request: { params: z.strictObject({ id: pathId }), body: z.strictObject({ active: z.boolean() }) },
  example: { active: false },
  responses: { 200: { description: 'Changed', schema: sourceSchema } },
  async handler({ params, body, requester, context, ifMatch, now }) {
    const source = await changeWebhookSource(requester, params.id, body, (row) =>
      requireVersion(ifMatch, row.version, sourceJson(context, row, now)),
    );
    return ok(sourceJson(context, source, now), { version: source.version });
  },
});
