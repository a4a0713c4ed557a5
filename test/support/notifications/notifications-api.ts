import { startTestApi, type TestApi } from '../api/api.js';
import { insertNotification, type NotificationWish } from '../data/notifications.js';

export let api: TestApi;
export let clientA: string;
export let clientB: string;

export async function newClient(name: string, resellerId: string): Promise<string> {
  const [row] = await api.sql<{ id: string }[]>`
    insert into clients (reseller_id, name, currency, balance_model) values (${resellerId}, ${name}, 'USD', 'prepaid') returning id`;
  await api.sql`insert into balances (client_id) values (${row?.id ?? null})`;
  return row?.id ?? '';
}

export function newMail(wish: NotificationWish): Promise<unknown> {
  return insertNotification(api.sql, {
    ...{ max: 3, available: '45.000000', to: ['customer@client.example'], variables: { client: { name: 'Customer' } } },
    ...{ html: '<p style="color:red">Balance: <b>45.00</b></p>', text: 'Balance: 45.00' },
    ...wish,
  });
}

export async function deliveryOf(rule: string, number: number, clientId = clientA, position = 0): Promise<string> {
  const [row] = await api.sql<{ id: string }[]>`
    select d.id from deliveries d join notifications n on n.id = d.notification_id
    where n.client_id = ${clientId} and n.rule = ${rule} and n.number = ${number} and d.position = ${position}`;
  return row?.id ?? '';
}

export async function idOf(rule: string, number: number, clientId = clientA): Promise<string> {
  const [row] = await api.sql<{ id: string }[]>`
    select id from notifications where client_id = ${clientId} and rule = ${rule} and number = ${number}`;
  return row?.id ?? '';
}

/** Registers the set-up of a test file: it fills the variables above. */
export function useNotificationsApi(): void {
  beforeAll(async () => {
    api = await startTestApi({ MAIL_FROM: 'Company Name <billing@company.example>' });
    clientA = await newClient('Customer A', api.operatorId);
    clientB = await newClient('Customer B', api.operatorId);
    await newMail({
      clientId: clientA,
      rule: 'user',
      number: 1,
      at: '2026-03-01T10:00:00Z',
      to: ['owner@company.example', 'noc@company.example'],
      messageId: 'a-user-1@company.example',
    });
    await newMail({ clientId: clientA, rule: 'client', number: 1, at: '2026-03-02T10:00:00Z', available: '-3.005' });
    await newMail({ clientId: clientA, rule: 'client', number: 2, at: '2026-03-03T10:00:00Z', status: 'failed' });
    await newMail({
      clientId: clientB,
      rule: 'warning:25.00',
      number: 1,
      at: '2026-03-03T10:00:00Z',
      status: 'uncertain',
      kind: 'low_funds_warning',
    });
    await newMail({
      clientId: clientB,
      rule: 'client',
      number: 1,
      at: '2026-03-04T10:00:00Z',
      status: 'transmitted',
      available: null,
    });
    await newMail({
      clientId: clientB,
      rule: 'credit_granted',
      number: 1,
      at: '2026-03-05T10:00:00Z',
      kind: 'credit_granted',
    });
  });
  afterAll(() => api.stop());
}
