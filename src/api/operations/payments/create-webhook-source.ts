import { writeAudit, auditedBy } from '../../../storage/system/audit.js';
import { createWebhookSource } from '../../../storage/payments/webhook-sources.js';
import { created } from '../../contract/answers.js';
import { defineOperation } from '../../contract/operation.js';
import { z } from '../../contract/zod.js';
import { sealPlace, sealerOf, sourceAudit, sourceJson, sourceWithSecretSchema } from './shared.js';
import { newWebhookSecret } from './signature.js';

export const createWebhookSourceOperation = defineOperation({
  id: 'createWebhookSource',
  method: 'post',
  path: '/v1/webhook-sources',
  area: 'webhooks',
  summary: 'Let a payment system post payments',
  description:
    'The answer holds the secret to sign with; it is shown once. Its payments reach clients of your subtree only.',
  scope: 'webhooks:write',
  request: {
    body: z.strictObject({
      name: z
        .string()
        .regex(/^[a-z0-9][a-z0-9-]{0,62}$/, 'write 1 to 63 of a-z, 0-9 and "-": it becomes part of the address')
        .openapi({ example: 'stripe-eu' }),
    }),
  },
  example: { name: 'stripe-eu' },
  responses: { 201: { description: 'Made', schema: sourceWithSecretSchema } },
  problems: ['already_exists', 'not_configured'],
  secretAnswer: true,
  async handler({ body, caller, context, now }) {
    const sealer = sealerOf(context);
    const secret = newWebhookSecret();
    const source = await context.sql.begin(async (tx) => {
      const made = await createWebhookSource(tx, {
        name: body.name,
        resellerId: caller.resellerId,
        secret: sealer.seal(secret, sealPlace(body.name)),
      });
      await writeAudit(tx, {
        ...auditedBy(caller.actor),
        action: 'webhook_source.create',
        subjectType: 'webhook_source',
        subjectId: made.id,
        resellerId: made.resellerId,
        before: null,
        after: sourceAudit(made),
      });
      return made;
    });
    return created(
      `/v1/webhook-sources/${source.id}`,
      { ...sourceJson(context, source, now), secret },
      { version: source.version },
    );
  },
});
