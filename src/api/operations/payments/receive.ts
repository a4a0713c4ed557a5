import { createHash } from 'node:crypto';
import { moneyOf } from '../../../domain/money.js';
import { receivePayment, type ReceivedPayment } from '../../../services/payments/receive-payment.js';
import { findWebhookSource, markWebhookSourceUsed, webhookRequester } from '../../access/webhook-sources.js';
import { accepted, ok } from '../../contract/answers.js';
import { definePublicOperation } from '../../contract/operation.js';
import { idText } from '../../contract/schemas.js';
import { z } from '../../contract/zod.js';
import { paymentLocation } from '../ledger/payment-fields.js';
import { paymentEvent, paymentType, webhookEvent, type PaymentEvent } from './payment-event.js';
import { checkedBody, jsonOf, requireSigned, webhookHeaders } from './signed-message.js';

const acceptedSchema = z
  .strictObject({
    id: z.string().openapi({ description: 'Id of the payment', example: 'pay-2026-000117' }),
    clientId: idText,
    payment: z.string().openapi({ description: 'Path of the payment', example: '/v1/payments/pay-2026-000117' }),
  })
  .openapi('WebhookAccepted');

const ignoredSchema = z
  .strictObject({ type: z.string().openapi({ example: 'payment.refunded' }), ignored: z.literal(true) })
  .openapi('WebhookIgnored');

export const receiveWebhook = definePublicOperation({
  id: 'receiveWebhook',
  method: 'post',
  path: '/v1/webhooks/in/{source}',
  area: 'webhooks',
  summary: 'Receive a payment from a payment system',
  description:
    'Signed as in Standard Webhooks; no API key. The timestamp may differ by 5 minutes. A repeated message with ' +
    'the same `webhook-id` and body gets the same response; with another body it is refused. Accepted also while ' +
    'Temporal is down. Unknown fields are ignored. An event of a type other than ' +
    `\`${paymentType}\` gets 200 and records nothing.`,
  raw: true,
  request: {
    params: z.strictObject({ source: z.string().regex(/^[a-z0-9][a-z0-9-]{0,62}$/) }),
    body: z.unknown().openapi({ type: 'object', description: 'A `payment.received` event' }),
    headers: webhookHeaders,
  },
  example: {
    type: 'payment.received',
    timestamp: '2026-03-01T10:00:00Z',
    data: { id: 'pay-2026-000117', clientId: '7', amount: '100.00', currency: 'USD' },
  },
  responses: {
    200: { description: 'An event of another type; nothing was recorded', schema: ignoredSchema },
    202: { description: 'Payment recorded', schema: acceptedSchema },
  },
  problems: ['signature_invalid', 'not_found', 'client_deleted', 'currency_mismatch', 'conflict', 'not_configured'],
  async handler({ params, headers, context, rawBody, requestId, now, bound }) {
    const source = await findWebhookSource(context, params.source);
    const signed = requireSigned(context, source, { headers, rawBody, now });
    const content = jsonOf(rawBody);
    const { type } = checkedBody(webhookEvent, content);
    if (type !== paymentType) {
      await markWebhookSourceUsed(context, signed, now);
      return ok({ type, ignored: true as const });
    }
    const event = checkedBody(paymentEvent, content);
    const bodyHash = createHash('sha256').update(rawBody).digest();
    const requester = webhookRequester(context, signed, { requestId, now, bound });
    const entry = await receivePayment(requester, {
      ...paymentOf(event),
      sourceId: signed.id,
      messageId: headers['webhook-id'] ?? '',
      bodyHash,
    });
    const { clientId } = entry;
    if (!entry.replayed) context.live.touch([clientId]);
    await markWebhookSourceUsed(context, signed, now);
    const payment = paymentLocation(entry, signed.resellerId);
    return accepted({ id: event.data.id, clientId, payment }, { headers: { Location: payment } });
  },
});

function paymentOf({ data }: PaymentEvent): Omit<ReceivedPayment, 'sourceId' | 'messageId' | 'bodyHash'> {
  const { id, amount, currency, clientId, externalClientId, at } = data;
  return {
    id,
    client: clientId === undefined ? { externalId: externalClientId ?? '' } : { id: clientId },
    amount: moneyOf(amount),
    currency,
    occurredAt: at?.getTime() ?? null,
  };
}
