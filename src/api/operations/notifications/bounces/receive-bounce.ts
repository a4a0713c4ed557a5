import { readDeliveryReport } from '../../../../mail/bounces/delivery-report.js';
import { recordBounce, type ReportedBounce } from '../../../../services/notifications/record-bounce.js';
import { findWebhookSource, markWebhookSourceUsed, webhookRequester } from '../../../access/webhook-sources.js';
import { ok } from '../../../contract/answers.js';
import { definePublicOperation } from '../../../contract/operation.js';
import { line } from '../../../contract/schemas.js';
import { z } from '../../../contract/zod.js';
import { problemAt } from '../../../http/problem.js';
import { bodyOf, requireSigned, webhookHeaders } from '../../payments/signed-message.js';

const bounceType = 'email.bounced';
const longestReport = 200_000;

const reported = z.strictObject({
  report: z.string().min(1).max(longestReport).openapi({
    description:
      'A delivery status notification (RFC 3464), or a bounce of qmail or Exim, as it was received, headers included',
  }),
});

const named = z.strictObject({
  messageId: line(998)
    .optional()
    .openapi({ description: 'Message-ID of the email', example: '<1f0c@lowwater.example>' }),
  recipient: line(254).optional().openapi({ example: 'billing@client.example' }),
  permanent: z.boolean().default(true).openapi({ description: 'false: a delay, which records nothing' }),
  code: z
    .string()
    .regex(/^[245]\.\d{1,3}\.\d{1,3}$/, 'must be an enhanced status code, such as "5.1.1"')
    .optional(),
  detail: line(500).optional().openapi({ example: '550 5.1.1 User unknown' }),
});

const bounceEvent = z.object({ type: z.literal(bounceType), data: z.union([reported, named]) });

const answerSchema = z
  .strictObject({
    recorded: z.int().openapi({ description: 'Bounces that are new' }),
    repeated: z.int().openapi({ description: 'Bounces of deliveries that are marked already' }),
    ignored: z.int().openapi({ description: 'Delays, and messages and addresses that Lowwater does not know' }),
  })
  .openapi('BounceAccepted');

export const receiveBounceOperation = definePublicOperation({
  id: 'receiveBounce',
  method: 'post',
  path: '/v1/mail-bounces/{source}',
  area: 'webhooks',
  summary: 'Receive bounces from an email provider',
  description:
    'Signed as in Standard Webhooks with a secret of a webhook source; no API key. Either `report`, a delivery status ' +
    'notification, or `messageId` and `recipient`. Marks the delivery and its address as bounced. Counters stay as they are.',
  raw: true,
  request: {
    params: z.strictObject({ source: z.string().regex(/^[a-z0-9][a-z0-9-]{0,62}$/) }),
    body: z.unknown().openapi({ type: 'object', description: 'An `email.bounced` event' }),
    headers: webhookHeaders,
  },
  example: {
    type: bounceType,
    data: { messageId: '<1f0c@lowwater.example>', code: '5.1.1', detail: '550 5.1.1 User unknown' },
  },
  responses: { 200: { description: 'What was recorded', schema: answerSchema } },
  problems: ['signature_invalid', 'not_configured'],
  async handler({ params, headers, context, rawBody, requestId, now, bound }) {
    const source = await findWebhookSource(context, params.source);
    const signed = requireSigned(context, source, { headers, rawBody, now });
    const { data } = bodyOf(bounceEvent, rawBody);
    const bounces = 'report' in data ? await bouncesOfReport(data.report) : bounceOf(data);
    const requester = webhookRequester(context, signed, { requestId, now, bound });
    const counts = { recorded: 0, repeated: 0, ignored: 0 };
    for (const bounce of bounces) {
      const result = bounce === null ? 'unknown' : await recordBounce(requester, bounce);
      counts[result === 'unknown' ? 'ignored' : result] += 1;
    }
    await markWebhookSourceUsed(context, signed, now);
    return ok(counts);
  },
});

/** Null: a delay. */
async function bouncesOfReport(raw: string): Promise<(ReportedBounce | null)[]> {
  const report = await readDeliveryReport(raw);
  if (!report) {
    throw problemAt(
      'invalid',
      '#/data/report',
      'must be a delivery status notification (RFC 3464), or a bounce of qmail or Exim',
    );
  }
  return report.recipients.map(({ address, action, status, diagnostic }) =>
    action === 'failed' ? { messageIds: report.messageIds, recipient: address, status, detail: diagnostic } : null,
  );
}

function bounceOf({
  messageId,
  recipient,
  permanent,
  code,
  detail,
}: z.output<typeof named>): (ReportedBounce | null)[] {
  if (messageId === undefined && recipient === undefined) {
    throw problemAt('invalid', '#/data', 'must have messageId, recipient, or report');
  }
  if (!permanent || code?.startsWith('4')) return [null];
  return [
    {
      ...{ messageIds: messageId === undefined ? [] : [messageId], recipient: recipient ?? null },
      ...{ status: code ?? '', detail: detail ?? '' },
    },
  ];
}
