import { randomBytes, randomUUID } from 'node:crypto';
import type { SecretCipher } from '../../../storage/access/secret-encryption.js';
import {
  insertPaymentGateway,
  type GatewayFields,
  type PaymentGatewayRow,
} from '../../../storage/payments/payment-gateways.js';
import { requireOwner } from '../../../storage/resellers/resellers.js';
import { change, recorded, type Requester } from '../../change.js';
import { gatewayEntry } from './gateway-entry.js';

/** What a gateway is reached with, as it was entered. */
export interface GatewaySecrets {
  readonly apiKey: string;
  /** null: it sends no webhooks */
  readonly webhookSecret: string | null;
}

/**
 * Gives a reseller a payment gateway, which also serves the resellers below it that have none. The secrets are encrypted.
 *
 * @throws DomainError `not_found` (reseller), `conflict` (a manager has none), `already_exists`
 */
export function createPaymentGateway(
  requester: Requester,
  cipher: SecretCipher,
  fields: GatewayFields & GatewaySecrets & { readonly resellerId: string },
): Promise<PaymentGatewayRow> {
  const secretPlace = `payment-gateway:${randomUUID()}`;
  return change(requester, async (tx) => {
    await requireOwner(tx, requester.scope.resellerId, fields.resellerId, '/resellerId');
    const row = await insertPaymentGateway(tx, {
      ...fields,
      apiKey: cipher.encrypt(fields.apiKey, secretPlace),
      webhookSecret: fields.webhookSecret === null ? null : cipher.encrypt(fields.webhookSecret, secretPlace),
      secretPlace,
      hook: randomBytes(24).toString('base64url'),
    });
    return recorded(row, gatewayEntry('payment_gateway.create', null, row));
  });
}
