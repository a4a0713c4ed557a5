import { createPaymentGateway } from '../../../src/services/payments/gateways/create-payment-gateway.js';
import { createSecretCipher } from '../../../src/storage/access/secret-encryption.js';
import { lockPayer, setCard } from '../../../src/storage/payments/auto-payments.js';
import { addCardPayments, moveGateway } from '../../../src/storage/system/demo-history.js';
import type { Sql, Transaction } from '../../../src/storage/system/database.js';
import type { Requester } from '../../../src/services/change.js';

/** The sandbox gateway of this start. */
export interface DemoGateway {
  readonly url: string;
  readonly apiKey: string;
}

const gatewayName = 'Card sandbox';

/** A card of the demo data, which the sandbox gateway knows at each start. */
export const demoCard = {
  customerProfileId: '60000000001',
  paymentProfileId: '60000000002',
  brand: 'Visa',
  last4: '1111',
  expires: '2035-12',
} as const;

/** @returns the id of the gateway */
export async function addGateway(
  requester: Requester,
  secretKey: string,
  { url, apiKey }: DemoGateway,
): Promise<string> {
  const { id } = await createPaymentGateway(requester, createSecretCipher(secretKey), {
    ...{ name: gatewayName, kind: 'http', url, login: '', currency: 'USD', active: true },
    ...{ resellerId: requester.scope.resellerId, apiKey, webhookSecret: null },
  });
  return id;
}

export async function addCard(
  tx: Transaction,
  {
    operatorId,
    clientId,
    gatewayId,
    at,
  }: {
    readonly operatorId: string;
    readonly clientId: string;
    readonly gatewayId: string;
    readonly at: Date;
  },
): Promise<void> {
  await lockPayer(tx, operatorId, clientId, at.getTime());
  await setCard(tx, clientId, gatewayId, demoCard, at);
  await addCardPayments(tx, { clientId, gatewayId, card: demoCard, threshold: '25.00' });
}

/** The sandbox of this start may have another address than the one before. */
export async function followGateway(sql: Sql, { url }: DemoGateway): Promise<void> {
  await moveGateway(sql, gatewayName, url);
}
