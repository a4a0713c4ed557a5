import { createHash } from 'node:crypto';
import { moneyOf } from '../../../domain/money.js';
import { receivePayment, type ReceivedPayment } from '../../../services/payments/receive-payment.js';
import { findWebhookSource, markWebhookSourceUsed, webhookRequester } from '../../access/webhook-sources.js';
import { accepted, ok } from '../../contract/answers.js';
import { definePublicOperation } from '../../contract/operation.js';
import { ApiProblem, problemAt } from '../../http/problem.js';
import { idText } from '../../contract/schemas.js';
import { check } from '../../contract/validation.js';
import { z } from '../../contract/zod.js';
import { paymentLocation } from '../ledger/payment-fields.js';
import { paymentEvent, paymentType, webhookEvent, type PaymentEvent } from './payment-event.js';
import { secretsOf } from './shared.js';
import { signatureError, type SignatureError } from './signature.js';

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

/** Optional to the schema only: a message without it is one that is not signed. */
const header = z.string().max(2000).optional().openapi({ description: 'As in Standard Webhooks; required' });

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
    headers: z.object({ 'webhook-id': header, 'webhook-timestamp': header, 'webhook-signature': header }),
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
    const message = {
      id: headers['webhook-id'] ?? '',
      timestamp: headers['webhook-timestamp'] ?? '',
      signature: headers['webhook-signature'] ?? '',
      body: rawBody,
    };
    // Only a sender who can sign for a source learns that it exists.
    const secrets = source?.active ? secretsOf(context, source, now) : [];
    const fault = signatureError(message, secrets, now);
    if (fault !== null || !source) throw refused(fault);
    const content = readJson(rawBody);
    const { type } = checked(webhookEvent, content);
    if (type !== paymentType) {
      await markWebhookSourceUsed(context, source, now);
      return ok({ type, ignored: true as const });
    }
    const event = checked(paymentEvent, content);
    const bodyHash = createHash('sha256').update(rawBody).digest();
    const requester = webhookRequester(context, source, { requestId, now, bound });
    const entry = await receivePayment(requester, {
      ...paymentOf(event),
      sourceId: source.id,
      messageId: message.id,
      bodyHash,
    });
    const { clientId } = entry;
    if (!entry.replayed) context.live.touch([clientId]);
    await markWebhookSourceUsed(context, source, now);
    const payment = paymentLocation(entry, source.resellerId);
    return accepted({ id: event.data.id, clientId, payment }, { headers: { Location: payment } });
  },
});

function refused(fault: SignatureError): ApiProblem {
  const [name, detail] = fault === null ? errorTexts.signature : errorTexts[fault];
  return problemAt('signature_invalid', `#/headers/${name}`, detail);
}

const errorTexts = {
  id: ['webhook-id', 'must be 1 to 200 visible ASCII characters, the same for every repetition of a message'],
  timestamp: [
    'webhook-timestamp',
    'must be seconds since 1970, within 5 minutes of now: check the clock, and sign again for every attempt',
  ],
  signature: [
    'webhook-signature',
    'must match a secret of this source: check the secret, and that the body is sent exactly as signed, in UTF-8',
  ],
} as const;

/** Only after its signature was found right is a body looked into. */
function readJson(rawBody: Buffer): unknown {
  try {
    return JSON.parse(rawBody.toString('utf8'));
  } catch {
    throw problemAt('malformed_json', '#', 'the body is not JSON');
  }
}

function checked<S extends z.ZodType>(schema: S, content: unknown): z.output<S> {
  const event = check(schema, content, 'body');
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
