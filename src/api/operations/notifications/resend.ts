import { DomainError } from '../../../domain/errors.js';
import { auditedBy, writeAudit } from '../../../storage/audit.js';
import { accepted } from '../../answers.js';
import { defineOperation } from '../../operation.js';
import { reason } from '../../schemas.js';
import { z } from '../../zod.js';
import { notificationJson, notificationParams, notificationSchema, requireNotification } from './shared.js';

const ended: readonly string[] = ['accepted', 'failed', 'uncertain'];

export const resendNotification = defineOperation({
  id: 'resendNotification',
  method: 'post',
  path: '/v1/notifications/{id}/resend',
  area: 'notifications',
  summary: 'Send a mail once more',
  description:
    'As it was, to the same recipients and under the same Message-ID, so that a mailbox that has it already can tell. It ' +
    'counts in no count. Refused while the mail is on its way.',
  scope: 'notifications:write',
  request: { params: notificationParams, body: z.strictObject({ reason }) },
  example: { reason: 'the customer says that it never came' },
  responses: { 202: { description: 'Taken; see its attempts for what became of it', schema: notificationSchema } },
  problems: ['conflict', 'temporal_unavailable'],
  async handler({ params, body, caller, context, dedupeId }) {
    const row = await requireNotification(context, caller, params.id);
    if (!ended.includes(row.status)) {
      throw new DomainError('conflict', 'this mail is on its way: wait until that has ended');
    }
    await context.temporal.resend(row.id, { requestId: dedupeId, reason: body.reason, actor: caller.actor });
    await writeAudit(context.sql, {
      ...auditedBy(caller.actor),
      action: 'notification.resend',
      subjectType: 'notification',
      subjectId: row.id,
      clientId: row.clientId,
      reason: body.reason,
      before: { status: row.status, attempts: row.attempts },
      after: null,
    });
    return accepted(notificationJson(row), { headers: { Location: `/v1/notifications/${row.id}/attempts` } });
  },
});
