import { createHash } from 'node:crypto';
import { moneyOf } from '../../../domain/money.js';
import { receivePayment, type ReceivedPayment } from '../../../services/payments/receive-payment.js';
import { findWebhookSource, markWebhookSourceUsed, webhookRequester } from '../../access/webhook-sources.js';
import { accepted } from '../../contract/answers.js';
import { definePublicOperation } from '../../contract/operation.js';
import { ApiProblem, problemAt } from '../../http/problem.js';
import { idText } from '../../contract/schemas.js';
import { check } from '../../contract/validation.js';
import { z } from '../../contract/zod.js';
import { paymentEvent, type PaymentEvent } from './payment-event.js';
import { secretsOf } from './shared.js';
import { signatureFault, type SignatureFault } from './signature.js';

const acceptedSchema = z
  .strictObject({
    id: z.string().openapi({ description: 'Id of the payment', example: 'pay-2026-000117' }),
    clientId: idText,
    payment: z.string().openapi({ description: 'Where it can be read', example: '/v1/payments/pay-2026-000117' }),
  })
  .openapi('WebhookAccepted');

/** Optional to the schema only: a message without it is one that is not signed. */
const header = z.string().max(2000).optional().openapi({ description: 'As Standard Webhooks say; required' });

export const receiveWebhook = definePublicOperation({
  id: 'receiveWebhook',
  method: 'post',
  path: '/v1/webhooks/in/{source}',
  area: 'webhooks',
  summary: 'Take a payment from a payment system',
  description:
    'Signed as Standard Webhooks; needs no API key. The time may differ by five minutes. The same `webhook-id` with the ' +
    'same body gets the same answer, with another body it is refused. Accepted also while Temporal is down.',
  raw: true,
  request: {
    params: z.strictObject({ source: z.string().regex(/^[a-z0-9][a-z0-9-]{0,62}$/) }),
    body: z.unknown().openapi({ type: 'object', description: 'A `payment.received` event' }),
    headers: z.object({ 'webhook-id': header, 'webhook-timestamp': header, 'webhook-signature': header }),
  },
  example: {
    type: 'payment.received',
    timestamp: '2026-03-01T10:00:00Z',
    data: { id: 'pay-2026-000117', clientId: '7', amount: '100.00', currency: 'USD' },
  },
  responses: { 202: { description: 'Taken', schema: acceptedSchema } },
  problems: ['signature_invalid', 'not_found', 'client_deleted', 'currency_mismatch', 'conflict', 'not_configured'],
  async handler({ params, headers, context, rawBody, requestId, now }) {
    const source = await findWebhookSource(context, params.source);
    const message = {
      id: headers['webhook-id'] ?? '',
      timestamp: headers['webhook-timestamp'] ?? '',
      signature: headers['webhook-signature'] ?? '',
      body: rawBody,
    };
    // Only a sender who can sign for a source learns that it exists.
    const secrets = source?.active ? secretsOf(context, source, now) : [];
    const fault = signatureFault(message, secrets, now);
    if (fault !== null || !source) throw refused(fault);
    const event = readEvent(rawBody);
    const bodyHash = createHash('sha256').update(rawBody).digest();
    const requester = webhookRequester(context, source, { requestId, now });
    const clientId = await receivePayment(requester, {
      ...paymentOf(event),
      sourceId: source.id,
      messageId: message.id,
      bodyHash,
    });
    await markWebhookSourceUsed(context, source, now);
    const payment = `/v1/payments/${encodeURIComponent(event.data.id)}`;
    return accepted({ id: event.data.id, clientId, payment }, { headers: { Location: payment } });
  },
});

function refused(fault: SignatureFault): ApiProblem {
  const [name, detail] = fault === null ? faultTexts.signature : faultTexts[fault];
  return problemAt('signature_invalid', `#/headers/${name}`, detail);
}

const faultTexts = {
  id: ['webhook-id', 'must be 1 to 200 visible ASCII characters, the same whenever the message is sent again'],
  timestamp: [
    'webhook-timestamp',
    'must be seconds since 1970, within five minutes of now: check the clock, and sign anew when sending again',
  ],
  signature: [
    'webhook-signature',
    'fits none of this source’s secrets: check the secret, and that the body is UTF-8 and sent byte by byte as it was signed',
  ],
} as const;

/** Only after its signature was found right is a body looked into. */
function readEvent(rawBody: Buffer): PaymentEvent {
  let value: unknown;
  try {
    value = JSON.parse(rawBody.toString('utf8'));
  } catch {
    throw problemAt('malformed_json', '#', 'the body is not JSON');
  }
  const event = check(paymentEvent, value, 'body');
  if (event.ok) return event.value;
  const [first] = event.faults;
  throw new ApiProblem('invalid', `${first?.pointer ?? '#'}: ${first?.detail ?? ''}`, { errors: event.faults });
}

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
