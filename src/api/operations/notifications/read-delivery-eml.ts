import { loadAttachments } from '../../../documents/attachments.js';
import { toEml } from '../../../mail/smtp/outgoing.js';
import { listAttempts } from '../../../storage/notifications/deliveries-read.js';
import { content } from '../../contract/answers.js';
import { defineOperation } from '../../contract/operation.js';
import { deliveryParams, requireEmail } from './shared.js';

export const readDeliveryEmlOperation = defineOperation({
  id: 'readDeliveryEml',
  method: 'get',
  path: '/v1/deliveries/{id}/rendered.eml',
  area: 'notifications',
  summary: 'Download a message with its headers, as it was sent',
  scope: 'notifications:read',
  request: { params: deliveryParams },
  responses: { 200: { description: 'The message (RFC 5322)', contentType: 'message/rfc822' } },
  async handler({ params, context, scope }) {
    const row = await requireEmail(scope, params.id);
    const attempts = await scope.read((q) => listAttempts(q, scope.resellerId, row.id));
    const { attached } = row;
    const attachments = attached === null ? [] : await scope.readSnapshot((tx) => loadAttachments(tx, attached));
    const mail = await toEml(
      {
        messageId: row.messageId,
        to: [row.recipient],
        subject: row.subject,
        html: row.html,
        text: row.text,
        date: attempts.at(-1)?.startedAt ?? row.decidedAt,
        attachments,
      },
      context.config.MAIL_FROM,
    );
    return content('message/rfc822', mail, {
      headers: { 'Content-Disposition': `attachment; filename="delivery-${row.id}.eml"` },
    });
  },
});
