import { createHash } from 'node:crypto';
import { DomainError } from '../../../domain/errors.js';
import { moneyOf } from '../../../domain/money.js';
import type { Transaction } from '../../../storage/system/database.js';
import { clientByExternalId } from '../../../storage/ledger/balance-read.js';
import { withRefusalEvent, type SentPayment } from '../../../storage/events/refused-payments.js';
import { postEntry } from '../../../storage/ledger/ledger.js';
import { claimWebhookMessage } from '../../../storage/payments/webhook-messages.js';
import { markSourceUsed, sourceByName, type SealedSource } from '../../../storage/payments/webhook-sources.js';
import { accepted } from '../../contract/answers.js';
import { definePublicOperation } from '../../contract/operation.js';
import { ApiProblem, problemAt } from '../../http/problem.js';
import { idText } from '../../contract/schemas.js';
import { check } from '../../contract/validation.js';
import { z } from '../../contract/zod.js';
import { paymentEvent, type PaymentEvent } from './payment-event.js';
import { sealerOf, secretsOf } from './shared.js';
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
  async handler({ params, headers, context, rawBody, now }) {
    const source = await sourceByName(context.sql, params.source);
    const message = {
      id: headers['webhook-id'] ?? '',
      timestamp: headers['webhook-timestamp'] ?? '',
      signature: headers['webhook-signature'] ?? '',
      body: rawBody,
    };
    // Whether a source exists is told to nobody who cannot sign for it.
    const secrets = source?.active ? secretsOf(sealerOf(context), source, now) : [];
    const fault = signatureFault(message, secrets, now);
    if (fault !== null || !source) throw refused(fault);
    const event = readEvent(rawBody);
    const bodyHash = createHash('sha256').update(rawBody).digest();
    const record = async (tx: Transaction): Promise<string> => {
      const claim = await claimWebhookMessage(tx, {
        sourceId: source.id,
        messageId: message.id,
        bodyHash,
        paymentId: event.data.id,
      });
      if (claim.kind === 'other') {
        throw new DomainError('conflict', 'this webhook-id came with another body before', '/headers/webhook-id');
      }
      return recordPayment(tx, source, event);
    };
    const sender = { withinReseller: source.resellerId, atMs: now };
    const clientId = await withRefusalEvent(context.sql, sentPaymentOf(source, event), sender, () =>
      context.sql.begin(record),
    );
    await markSourceUsed(context.sql, source.id, now);
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

function sentPaymentOf(source: SealedSource, { data }: PaymentEvent): SentPayment {
  const { id, amount, currency, clientId, externalClientId } = data;
  return {
    paymentId: id,
    amount,
    currency,
    client: clientId === undefined ? { externalId: externalClientId ?? '' } : { id: clientId },
    source: sourceName(source),
  };
}

function sourceName({ name }: SealedSource): string {
  return `webhook:${name}`;
}

/** The ledger knows a payment that came before by its id, so a repeated message changes nothing. */
async function recordPayment(tx: Transaction, source: SealedSource, { data }: PaymentEvent): Promise<string> {
  const clientId =
    data.clientId ??
    (data.externalClientId === undefined
      ? null
      : await clientByExternalId(tx, source.resellerId, data.externalClientId));
  const pointer = data.clientId === undefined ? '/data/externalClientId' : '/data/clientId';
  if (clientId === null) throw new DomainError('not_found', 'there is no such client', pointer);
  try {
    const posted = await postEntry(
      tx,
      {
        clientId,
        kind: 'payment',
        externalId: data.id,
        amount: moneyOf(data.amount),
        currency: data.currency,
        occurredAt: data.at?.getTime() ?? null,
        source: sourceName(source),
      },
      { withinReseller: source.resellerId },
    );
    return posted.clientId;
  } catch (error) {
    if (!(error instanceof DomainError)) throw error;
    throw new DomainError(error.code, error.message, error.pointer === '/clientId' ? pointer : `/data${error.pointer}`);
  }
}
