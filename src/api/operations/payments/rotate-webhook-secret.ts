import { hourMs } from '../../../domain/durations.js';
import { DomainError } from '../../../domain/errors.js';
import { auditedBy, writeAudit } from '../../../storage/system/audit.js';
import { lockWebhookSource, rotateSecret } from '../../../storage/payments/webhook-sources.js';
import { ok } from '../../contract/answers.js';
import { defineOperation } from '../../contract/operation.js';
import { pathId } from '../../contract/schemas.js';
import { z } from '../../contract/zod.js';
import { sealPlace, sealerOf, sourceAudit, sourceJson, sourceWithSecretSchema } from './shared.js';
import { newWebhookSecret } from './signature.js';

export const rotateWebhookSecretOperation = defineOperation({
  id: 'rotateWebhookSecret',
  method: 'post',
  path: '/v1/webhook-sources/{id}/rotate-secret',
  area: 'webhooks',
  summary: 'Give a payment system a new secret',
  description:
    'The secret that was newest is taken for `overlapHours` more, so that the sender can change over without losing a ' +
    'message; 0: it ends now. An older one ends now. The answer holds the new secret; it is shown once.',
  scope: 'webhooks:write',
  request: {
    params: z.strictObject({ id: pathId }),
    body: z.strictObject({ overlapHours: z.int().min(0).max(720).default(24) }),
  },
  example: { overlapHours: 24 },
  responses: { 200: { description: 'Rotated', schema: sourceWithSecretSchema } },
  problems: ['not_configured'],
  secretAnswer: true,
  async handler({ params, body, caller, context, now }) {
    const sealer = sealerOf(context);
    const secret = newWebhookSecret();
    const source = await context.sql.begin(async (tx) => {
      const before = await lockWebhookSource(tx, caller.resellerId, params.id);
      if (!before) throw new DomainError('not_found', `there is no webhook source ${params.id}`, '/path/id');
      const olderUntil = body.overlapHours === 0 ? null : new Date(now + body.overlapHours * hourMs);
      const after = await rotateSecret(tx, before.id, sealer.seal(secret, sealPlace(before.name)), olderUntil);
      await writeAudit(tx, {
        ...auditedBy(caller.actor),
        action: 'webhook_source.rotate',
        subjectType: 'webhook_source',
        subjectId: after.id,
        resellerId: after.resellerId,
        before: sourceAudit(before),
        after: sourceAudit(after),
      });
      return after;
    });
    return ok({ ...sourceJson(context, source, now), secret }, { version: source.version });
  },
});
