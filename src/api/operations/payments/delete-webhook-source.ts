import { DomainError } from '../../../domain/errors.js';
import { auditedBy, writeAudit } from '../../../storage/system/audit.js';
import { deleteWebhookSource, lockWebhookSource } from '../../../storage/payments/webhook-sources.js';
import { noContent } from '../../contract/answers.js';
import { requireVersion } from '../../http/if-match.js';
import { defineOperation } from '../../contract/operation.js';
import { pathId } from '../../contract/schemas.js';
import { z } from '../../contract/zod.js';
import { sourceAudit, sourceJson } from './shared.js';

export const deleteWebhookSourceOperation = defineOperation({
  id: 'deleteWebhookSource',
  method: 'delete',
  path: '/v1/webhook-sources/{id}',
  area: 'webhooks',
  summary: 'Take no more payments from a payment system',
  description: 'Payments that it posted stay.',
  scope: 'webhooks:write',
  needsIfMatch: true,
  request: { params: z.strictObject({ id: pathId }) },
  responses: { 204: { description: 'Removed' } },
  async handler({ params, caller, context, ifMatch, now }) {
    await context.sql.begin(async (tx) => {
      const source = await lockWebhookSource(tx, caller.resellerId, params.id);
      if (!source) throw new DomainError('not_found', `there is no webhook source ${params.id}`, '/path/id');
      requireVersion(ifMatch, source.version, sourceJson(context, source, now));
      await deleteWebhookSource(tx, source.id);
      await writeAudit(tx, {
        ...auditedBy(caller.actor),
        action: 'webhook_source.delete',
        subjectType: 'webhook_source',
        subjectId: source.id,
        resellerId: source.resellerId,
        before: sourceAudit(source),
        after: null,
      });
    });
    return noContent();
  },
});
