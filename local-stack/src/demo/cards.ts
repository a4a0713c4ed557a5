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

const visa = { brand: 'Visa', last4: '1111', expires: '2035-12' } as const;

/** The cards of the demo data by client, which the sandbox gateway knows at each start. */
export const demoCards = {
  'Lviv Calls': { customerProfileId: '60000000001', paymentProfileId: '60000000002', ...visa },
  'Prairie Wholesale': { customerProfileId: '60000000003', paymentProfileId: '60000000004', ...visa },
} as const;
type CardOwner = keyof typeof demoCards;
export const cardOwners = Object.keys(demoCards) as readonly CardOwner[];

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
    owner,
    gatewayId,
    at,
  }: {
    readonly operatorId: string;
    readonly clientId: string;
    readonly owner: CardOwner;
    readonly gatewayId: string;
    readonly at: Date;
  },
): Promise<void> {
  const payer = await lockPayer(tx, operatorId, clientId, at.getTime());
  if (!payer) return;
  await setCard(tx, payer, gatewayId, demoCards[owner], at);
  if (!payer.isOn) return;
  await addCardPayments(tx, { clientId, gatewayId, card: demoCards[owner], threshold: '25.00' });
}

/** The sandbox of this start may have another address than the one before. */
export async function followGateway(sql: Sql, { url }: DemoGateway): Promise<void> {
  await moveGateway(sql, gatewayName, url);
}
