import { DomainError } from '../../../domain/errors.js';
import {
  GatewayRefusal,
  GatewayUnavailable,
  type ConnectGateway,
  type PaymentGateway,
} from '../../../domain/payments/gateway.js';
import type { SecretCipher } from '../../../storage/access/secret-encryption.js';
import type { SealedGateway } from '../../../storage/payments/payment-gateways.js';

/** What opening a client's gateway needs: the key of its secrets, and the port. */
export interface GatewayAccess {
  readonly cipher: SecretCipher;
  readonly connect: ConnectGateway;
}

/** @throws DomainError `gateway_unavailable` where the secrets were encrypted with another key */
export function openGateway({ cipher, connect }: GatewayAccess, gateway: SealedGateway): PaymentGateway {
  const { kind, url, login, secretPlace } = gateway;
  let secrets: { readonly apiKey: string; readonly webhookSecret: string | null };
  try {
    secrets = {
      apiKey: cipher.decrypt(gateway.apiKey, secretPlace),
      webhookSecret: gateway.webhookSecret && cipher.decrypt(gateway.webhookSecret, secretPlace),
    };
  } catch {
    throw new DomainError(
      'gateway_unavailable',
      'the secrets of the payment gateway were encrypted with another SECRET_KEY: enter them again',
    );
  }
  return connect({ kind, url, login, ...secrets });
}

/**
 * Asks a gateway for a caller who waits, outside of any transaction.
 *
 * @throws DomainError `gateway_unavailable`, with what the gateway said and no secret
 */
export async function askGateway<T>(work: () => Promise<T>): Promise<T> {
  try {
    return await work();
  } catch (error) {
    if (error instanceof GatewayRefusal || error instanceof GatewayUnavailable) {
      throw new DomainError('gateway_unavailable', error.message);
    }
    throw error;
  }
}
