import { randomBytes } from 'node:crypto';
import { Webhook } from 'standardwebhooks';
import { startTestApi, type TestApi } from '../api/api.js';

export let api: TestApi;
export let secret: string;
export let clientId: string;
let serial = 0;

export const fresh = (): string => `n-${++serial}`;

export async function newClient(resellerId: string): Promise<string> {
  const [row] = await api.sql<{ id: string }[]>`
    insert into clients (reseller_id, name, currency, balance_model, external_id)
    values (${resellerId}, 'Customer A', 'USD', 'prepaid', ${fresh()}) returning id`;
  await api.sql`insert into balances (client_id) values (${row?.id ?? null})`;
  return row?.id ?? '';
}

export interface Message {
  readonly id?: string;
  readonly at?: Date;
  readonly body: unknown;
  readonly secret?: string;
  readonly source?: string;
  readonly headers?: Record<string, string>;
}

/** Posts as a payment system does: signed by the reference implementation of Standard Webhooks. */
export function send(message: Message): ReturnType<TestApi['post']> {
  const { id = fresh(), at = new Date(), source = 'bank' } = message;
  const rawBody = typeof message.body === 'string' ? message.body : JSON.stringify(message.body);
  const headers = {
    'webhook-id': id,
    'webhook-timestamp': String(Math.floor(at.getTime() / 1000)),
    'webhook-signature': new Webhook(message.secret ?? secret).sign(id, at, rawBody),
    ...message.headers,
  };
  return api.post(`/v1/webhooks/in/${source}`, undefined, { key: null, rawBody, headers });
}

export function payment(amount = '10.00', more: object = {}): { type: string; data: Record<string, unknown> } {
  return { type: 'payment.received', data: { id: fresh(), clientId, amount, currency: 'USD', ...more } };
}

export async function entries(client = clientId): Promise<string[]> {
  const rows = await api.sql<
    { amount: string }[]
  >`select amount from ledger_entries where client_id = ${client} order by id`;
  return rows.map(({ amount }) => amount);
}

export async function fingerprint(): Promise<string> {
  const [row] = await api.sql<{ text: string }[]>`
    select concat_ws(' ', (select count(*) from ledger_entries), (select sum(live) from balances),
      (select count(*) from outbox), (select count(*) from webhook_messages), (select count(*) from audit)) as text`;
  return row?.text ?? '';
}

/** Registers the set-up of a test file: it fills the variables above. */
export function useWebhookApi(): void {
  beforeAll(async () => {
    api = await startTestApi({ SECRET_KEY: randomBytes(32).toString('base64') });
    const made = await api.post('/v1/webhook-sources', { name: 'bank' });
    secret = made.body.secret;
  });
  afterAll(() => api.stop());
  beforeEach(async () => {
    api.now = null;
    clientId = await newClient(api.operatorId);
  });
}
