import { randomBytes } from 'node:crypto';
import type { AdvanceCardPaymentResult } from '../../../src/contract/card-payments.js';
import { gatewayConnector } from '../../../src/gateways/connect-gateway.js';
import { advanceCardPayment } from '../../../src/services/payments/charges/advance-card-payment.js';
import type { GatewayAccess } from '../../../src/services/payments/gateways/gateway-access.js';
import { createSecretCipher } from '../../../src/storage/access/secret-encryption.js';
import { startSandboxGateway, type SandboxGateway } from '../../../local-stack/src/gateway/sandbox-gateway.js';
import { startTestApi, type Reply, type TestApi } from '../api/api.js';
import { testRequester } from '../data/requester.js';

/** The API with a sandbox gateway, and what the workflow of a card payment does, step by step. */
export interface CardPayments {
  readonly api: TestApi;
  readonly sandbox: SandboxGateway;
  readonly gatewayId: string;
  /** a client in USD with a threshold of 50 and auto payment of 100, and a card */
  payer(last4: string, fields?: object): Promise<string>;
  /** registers a card as a browser does */
  registerCard(clientId: string, last4: string): Promise<Reply>;
  payNow(clientId: string, amount: string): Promise<string>;
  /** the next step of a payment, so many ms from now */
  advance(id: string, afterMs?: number): Promise<AdvanceCardPaymentResult>;
  read(id: string): Promise<Reply['body']>;
  balance(clientId: string): Promise<string>;
  stop(): Promise<void>;
}

export const sandboxKey = 'sandbox-key-5521';
export const sandboxSecret = `whsec_${Buffer.from('sandbox secret of the tests, 32b').toString('base64')}`;

export async function startCardPayments(kind: 'http' | 'authorize_net' = 'http'): Promise<CardPayments> {
  const secretKey = randomBytes(32).toString('base64');
  const api = await startTestApi({ SECRET_KEY: secretKey, WEBHOOK_ALLOW_LOOPBACK: 'true' });
  const sandbox = await startSandboxGateway({ port: 0, apiKey: sandboxKey });
  const gateway = await api.post('/v1/payment-gateways', {
    name: 'Sandbox',
    kind,
    url: kind === 'http' ? sandbox.url : sandbox.authorizeNetUrl,
    currency: 'USD',
    login: kind === 'http' ? '' : 'login',
    apiKey: sandboxKey,
    webhookSecret: sandboxSecret,
  });
  if (gateway.status !== 201) throw new Error(gateway.text);
  const style = kind === 'http' ? 'standard' : 'authorize_net';
  sandbox.sendWebhooksTo(`${api.url}${new URL(gateway.body.webhookUrl, api.url).pathname}`, sandboxSecret, style);
  const access: GatewayAccess = {
    cipher: createSecretCipher(secretKey),
    connect: gatewayConnector({ allowLoopback: true, userAgent: 'tests', timeoutMs: 2000 }),
  };
  let made = 0;

  async function registerCard(clientId: string, last4: string): Promise<Reply> {
    const started = await api.post(`/v1/clients/${clientId}/card-registrations`, { returnUrl: 'https://a.example/' });
    if (started.status !== 201) return started;
    // What a browser does: it posts the fields of the form, chooses a card, and comes back.
    const { url, method, fields } = started.body;
    const page = await fetch(url, method === 'POST' ? { method, body: new URLSearchParams(fields) } : {});
    const action = /action="([^"]+)"/.exec(await page.text())?.[1] ?? '';
    const chosen = await fetch(new URL(action, url), {
      method: 'POST',
      body: new URLSearchParams({ card: last4 }),
      redirect: 'manual',
    });
    if (chosen.headers.get('location') !== 'https://a.example/') throw new Error(`the form answered ${chosen.status}`);
    return api.post(`/v1/clients/${clientId}/card-registrations/${started.body.id}/finish`);
  }

  return {
    api,
    sandbox,
    gatewayId: gateway.body.id,
    registerCard,
    async payer(last4, fields = {}) {
      made += 1;
      const client = await api.post('/v1/clients', {
        name: `Payer ${made}`,
        currency: 'USD',
        lowBalanceThreshold: '50.00',
        autoPayment: true,
        autoPaymentExtraAmount: '100.00',
        ...fields,
      });
      if (client.status !== 201) throw new Error(client.text);
      const card = await registerCard(client.body.id, last4);
      if (card.status !== 200) throw new Error(card.text);
      return client.body.id;
    },
    async payNow(clientId, amount) {
      const reply = await api.post(`/v1/clients/${clientId}/card-payments`, { amount });
      if (reply.status !== 202) throw new Error(reply.text);
      return reply.body.id;
    },
    advance: (id, afterMs = 0) =>
      advanceCardPayment({ ...testRequester(api.sql, api.operatorId), now: Date.now() + afterMs }, access, id),
    read: async (id) => (await api.get(`/v1/card-payments/${id}`)).body,
    async balance(clientId) {
      const [row] = await api.sql<{ live: string }[]>`
        select trim_scale(live)::text as live from balances where client_id = ${clientId}`;
      return row?.live ?? '';
    },
    async stop() {
      await sandbox.stop();
      await api.stop();
    },
  };
}
