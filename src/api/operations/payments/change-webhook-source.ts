import { DomainError } from '../../../domain/errors.js';
import { auditedBy, writeAudit } from '../../../storage/system/audit.js';
import { lockWebhookSource, setWebhookSourceActive } from '../../../storage/payments/webhook-sources.js';
import { ok } from '../../contract/answers.js';
import { requireVersion } from '../../http/if-match.js';
import { defineOperation } from '../../contract/operation.js';
import { pathId } from '../../contract/schemas.js';
import { z } from '../../contract/zod.js';
import { sourceAudit, sourceJson, sourceSchema } from './shared.js';

export const changeWebhookSourceOperation = defineOperation({
  id: 'changeWebhookSource',
  method: 'patch',
  path: '/v1/webhook-sources/{id}',
  area: 'webhooks',
  summary: 'Switch a payment system off or on',
  description: 'While it is off, its messages are refused as if they were signed wrongly.',
  scope: 'webhooks:write',
  needsIfMatch: true,
  request: { params: z.strictObject({ id: pathId }), body: z.strictObject({ active: z.boolean() }) },
  example: { active: false },
  responses: { 200: { description: 'Changed', schema: sourceSchema } },
  async handler({ params, body, caller, context, ifMatch, now }) {
    const source = await context.sql.begin(async (tx) => {
      const before = await lockWebhookSource(tx, caller.resellerId, params.id);
      if (!before) throw new DomainError('not_found', `there is no webhook source ${params.id}`, '/path/id');
      requireVersion(ifMatch, before.version, sourceJson(context, before, now));
      if (before.active === body.active) return before;
      const after = await setWebhookSourceActive(tx, before.id, body.active);
      await writeAudit(tx, {
        ...auditedBy(caller.actor),
        action: 'webhook_source.update',
        subjectType: 'webhook_source',
        subjectId: after.id,
        resellerId: after.resellerId,
        before: sourceAudit(before),
        after: sourceAudit(after),
      });
      return after;
    });
    return ok(sourceJson(context, source, now), { version: source.version });
  },
});
