import { createHmac, timingSafeEqual } from 'node:crypto';
import { z } from 'zod';
import type { GatewayEvent, MessageHeaders } from '../../domain/payments/gateway.js';

const notification = z.object({
  notificationId: z.string().min(1).max(200),
  eventType: z.string(),
  payload: z.object({ entityName: z.string().optional(), id: z.string().min(1).max(100).optional() }).default({}),
});

/** The event in a message of Authorize.net: HMAC-SHA512 of the body, in hex after `sha512=`; null: the signature is wrong. */
export function readAuthorizeNetEvent(
  signatureKey: string | null,
  headers: MessageHeaders,
  body: Buffer,
): GatewayEvent | null {
  const given = /^sha512=([0-9a-f]{128})$/i.exec(headers['x-anet-signature'] ?? '')?.[1];
  if (signatureKey === null || given === undefined) return null;
  const expected = createHmac('sha512', signatureKey).update(body).digest();
  if (!timingSafeEqual(Buffer.from(given, 'hex'), expected)) return null;
  const content = notification.safeParse(parsed(body));
  if (!content.success) return null;
  const { notificationId, payload } = content.data;
  const isTransaction = payload.entityName === undefined || payload.entityName === 'transaction';
  return { id: notificationId, transactionId: isTransaction ? (payload.id ?? null) : null };
}

function parsed(body: Buffer): unknown {
  try {
    return JSON.parse(body.toString('utf8')) as unknown;
  } catch {
    return null;
  }
}
