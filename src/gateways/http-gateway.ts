import { timingSafeEqual } from 'node:crypto';
import { Webhook } from 'standardwebhooks';
import { z } from 'zod';
import { minuteMs } from '../domain/durations.js';
import {
  GatewayRefusal,
  GatewayUnavailable,
  transactionStates,
  type GatewayConnection,
  type GatewayEvent,
  type GatewayTransaction,
  type MessageHeaders,
  type PaymentGateway,
} from '../domain/payments/gateway.js';
import { withoutEndSlash } from '../domain/urls.js';
import { requestJson, type GatewayHttp, type JsonRequest } from './json-request.js';

/** A gateway that speaks the JSON contract of docs/payment-gateways.md. */

const transaction = z.object({
  id: z.string().min(1).max(100),
  key: z.string().max(100).nullish(),
  status: z.enum(transactionStates),
  amount: z.string().regex(/^\d{1,12}(\.\d{1,6})?$/),
  currency: z.string().length(3).nullish(),
  decline: z
    .object({
      code: z.string().max(100),
      message: z.string().max(500),
      retry: z.enum(['later', 'never']),
    })
    .nullish(),
});

const registration = z.object({ id: z.string().min(1).max(100), url: z.string().min(1).max(2000) });

const registered = z.object({
  card: z
    .object({
      customerProfileId: z.string().min(1).max(100),
      paymentProfileId: z.string().min(1).max(100),
      brand: z.string().min(1).max(40),
      last4: z.string().regex(/^\d{4}$/),
      expires: z.string().regex(/^\d{4}-(0[1-9]|1[0-2])$/),
    })
    .nullable(),
});

const event = z.object({ transactionId: z.string().min(1).max(100).nullish() });

/** How far the time of a message may be from ours, either way. */
const toleranceMs = 5 * minuteMs;

export function httpGateway(connection: GatewayConnection, options: GatewayHttp): PaymentGateway {
  const base = withoutEndSlash(connection.url);

  /** The body; null: the gateway answered 404. */
  async function ask<S extends z.ZodType>(
    schema: S,
    path: string,
    request: Omit<JsonRequest, 'url'>,
  ): Promise<z.output<S> | null> {
    const { status, body } = await requestJson(
      {
        ...request,
        url: `${base}${path}`,
        headers: { authorization: `Bearer ${connection.apiKey}`, ...request.headers },
      },
      options,
    );
    if (status === 404) return null;
    if ([400, 401, 403, 422].includes(status)) throw new GatewayRefusal(`the gateway refused the request: ${status}`);
    if (status < 200 || status > 299) throw new GatewayUnavailable(`the gateway answered ${status}`);
    return understood(schema, body);
  }

  return {
    async charge({ key, amount, currency, card }) {
      const made = await ask(transaction, '/charges', {
        method: 'POST',
        headers: { 'idempotency-key': key },
        body: { key, amount, currency, ...profileOf(card) },
      });
      if (made === null) throw new GatewayRefusal('the gateway does not have this card');
      return transactionOf(made);
    },
    async lookUp({ key, transactionId }) {
      const path = transactionId === null ? `/charges?key=${encodeURIComponent(key)}` : chargePath(transactionId);
      const found = await ask(transaction, path, { method: 'GET' });
      return found && transactionOf(found);
    },
    async readTransaction(id) {
      const found = await ask(transaction, chargePath(id), { method: 'GET' });
      return found && transactionOf(found);
    },
    async startRegistration({ customer, returnUrl }) {
      const form = await ask(registration, '/card-registrations', { method: 'POST', body: { customer, returnUrl } });
      if (form === null) throw new GatewayUnavailable('the gateway answered 404');
      return { url: form.url, method: 'GET', fields: {}, reference: form.id };
    },
    async finishRegistration(reference) {
      const found = await ask(registered, `/card-registrations/${encodeURIComponent(reference)}`, { method: 'GET' });
      return found?.card ?? null;
    },
    async deleteCard({ customerProfileId, paymentProfileId }) {
      const path = `/customers/${encodeURIComponent(customerProfileId)}/cards/${encodeURIComponent(paymentProfileId)}`;
      await ask(z.unknown(), path, { method: 'DELETE' });
    },
    readEvent: (headers, body, nowMs) => readEvent(connection.webhookSecret, headers, body, nowMs),
  };
}

const chargePath = (id: string): string => `/charges/${encodeURIComponent(id)}`;

const profileOf = ({
  customerProfileId,
  paymentProfileId,
}: {
  readonly customerProfileId: string;
  readonly paymentProfileId: string;
}): object => ({ customerProfileId, paymentProfileId });

function transactionOf({
  id,
  key,
  status,
  amount,
  currency,
  decline,
}: z.output<typeof transaction>): GatewayTransaction {
  return {
    id,
    key: key ?? null,
    state: status,
    amount,
    currency: currency ?? null,
    decline: decline ? { code: decline.code, message: decline.message, isHard: decline.retry === 'never' } : null,
  };
}

/** Signed as in Standard Webhooks. */
function readEvent(secret: string | null, headers: MessageHeaders, body: Buffer, nowMs: number): GatewayEvent | null {
  const { 'webhook-id': id = '', 'webhook-timestamp': timestamp = '', 'webhook-signature': given = '' } = headers;
  if (secret === null || !/^[\x21-\x7e]{1,200}$/.test(id) || !/^[1-9]\d{0,11}$/.test(timestamp)) return null;
  const sentAt = new Date(Number(timestamp) * 1000);
  if (Math.abs(sentAt.getTime() - nowMs) > toleranceMs) return null;
  const expected = Buffer.from(new Webhook(secret).sign(id, sentAt, body.toString('utf8')));
  const fits = given
    .split(' ')
    .map((signature) => Buffer.from(signature))
    .map((one) => one.length === expected.length && timingSafeEqual(one, expected));
  if (!fits.includes(true)) return null;
  const content = event.safeParse(parsed(body));
  return { id, transactionId: (content.success ? content.data.transactionId : null) ?? null };
}

function parsed(body: Buffer): unknown {
  try {
    return JSON.parse(body.toString('utf8')) as unknown;
  } catch {
    return null;
  }
}

function understood<S extends z.ZodType>(schema: S, body: unknown): z.output<S> {
  const result = schema.safeParse(body);
  if (!result.success) throw new GatewayUnavailable('the answer of the gateway is not understood');
  return result.data;
}
