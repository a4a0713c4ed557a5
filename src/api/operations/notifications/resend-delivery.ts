import { DomainError } from '../../../domain/errors.js';
import { recordResend } from '../../../services/notifications/record-resend.js';
import { areRateFilesRemoved } from '../../../storage/rates/notifications/rate-file-retention.js';
import { accepted } from '../../contract/answers.js';
import { defineOperation } from '../../contract/operation.js';
import { reason } from '../../contract/schemas.js';
import { z } from '../../contract/zod.js';
import { deliveryDetailJson, deliveryDetailSchema } from './delivery-json.js';
import { deliveryParams, requireDelivery } from './shared.js';

const ended: readonly string[] = ['accepted', 'failed', 'uncertain'];

export const resendDeliveryOperation = defineOperation({
  id: 'resendDelivery',
  method: 'post',
  path: '/v1/deliveries/{id}/resend',
  area: 'notifications',
  summary: 'Resend a delivery',
  description:
    'Sends the message again, unchanged, to its recipient and under the same Message-ID, so that a mailbox that has it can ' +
    'detect the duplicate. It does not count toward Max qty. Refused while the delivery is in progress.',
  scope: 'notifications:write',
  request: { params: deliveryParams, body: z.strictObject({ reason }) },
  example: { reason: 'the client says that the email never came' },
  responses: { 202: { description: 'Queued; its attempts show the outcome', schema: deliveryDetailSchema } },
  problems: ['conflict', 'temporal_unavailable'],
  async handler({ params, body, caller, context, scope, requester, dedupeId }) {
    const row = await requireDelivery(scope, params.id);
    if (!ended.includes(row.status)) {
      throw new DomainError('conflict', 'this delivery is in progress: wait until it ends');
    }
    if (await scope.read((q) => areRateFilesRemoved(q, row.id))) {
      throw new DomainError('conflict', 'the files of this rate notification are no longer kept: send the rates again');
    }
    await context.temporal.resend(row.id, { requestId: dedupeId, reason: body.reason, actor: caller.actor });
    await recordResend(requester, row, body.reason);
    return accepted(deliveryDetailJson(row), { headers: { Location: `/v1/deliveries/${row.id}/attempts` } });
  },
});
