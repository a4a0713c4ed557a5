import { randomBytes, randomUUID } from 'node:crypto';
import { startSandboxGateway, type SandboxGateway } from '../../../local-stack/src/gateway/sandbox-gateway.js';
import type { Operation } from '../../../src/api/contract/operation.js';
import { operations } from '../../../src/api/operations/index.js';
import { startTestApi, type CallOptions, type Reply, type TestApi } from '../api/api.js';
import { makeAccount, sendTransfer } from '../data/accounts.js';
import { insertNotification } from '../data/notifications.js';
import { fingerprint } from '../database/fingerprint.js';
import { asUser, makePerson } from '../data/people.js';
import { asPanel, makePanelClient } from './panel-api.js';

/**
 * The client panel as a separate role: each of its operations is called by a client for what belongs to another client of
 * the same reseller, and by those who are no panel users at all. New operations are included automatically.
 */
export function panelTenancyTests(): void {
  const mark = 'Foreign-4417';
  let api: TestApi;
  let own: CallOptions;
  let ownId: string;
  /** by what an address names */
  let foreign: Record<string, string>;
  let account: string;
  let sandbox: SandboxGateway;
  let gateway: string;

  beforeAll(async () => {
    api = await startTestApi({
      ...{ PUBLIC_URL: 'https://lowwater.example', WEBHOOK_ALLOW_LOOPBACK: 'true' },
      SECRET_KEY: randomBytes(32).toString('base64'),
    });
    sandbox = await startSandboxGateway({ port: 0, apiKey: 'sandbox-key-7718' });
    gateway = await makeGateway();
    ({ id: ownId } = await makePanelClient(api, { name: 'Mine', transfersAllowed: 'yes' }));
    own = await asPanel(api, ownId);
    await fillForeign();
  });
  afterAll(async () => {
    await sandbox.stop();
    await api.stop();
  });

  async function makeGateway(): Promise<string> {
    const reply = await api.post('/v1/payment-gateways', {
      ...{ name: 'Sandbox', kind: 'http', url: sandbox.url, currency: 'USD', apiKey: 'sandbox-key-7718' },
    });
    expect(reply).toHaveStatus(201);
    return reply.body.id;
  }

  /** A card of the other client, with a payment and a form that is open. */
  async function fillCard(clientId: string): Promise<{ payment: string; registration: string }> {
    await api.sql`
      insert into auto_payments (client_id, gateway_id, customer_profile_id, payment_profile_id, brand, last4, expires, registered_at)
      values (${clientId}, ${gateway}, ${mark}, ${mark}, ${mark}, '4417', '2035-12', now())`;
    const [payment] = await api.sql<{ id: string }[]>`
      insert into card_payments (client_id, gateway_id, origin, key, status, requested_by, amount, currency, card_last4, decided_at,
        not_before, ended_at, transaction_id)
      values (${clientId}, ${gateway}, 'by_hand', ${mark}, 'cancelled', 'user:4417', 4417, 'USD', '4417', now(), now(), now(), ${mark})
      returning id`;
    const [registration] = await api.sql<{ id: string }[]>`
      insert into card_registrations (client_id, gateway_id, reference, created_at, expires_at)
      values (${clientId}, ${gateway}, ${mark}, now(), now() + interval '1 hour') returning id`;
    return { payment: payment?.id ?? '', registration: registration?.id ?? '' };
  }

  async function fillForeign(): Promise<void> {
    const email = 'foreign-4417@client.example';
    const { id } = await makePanelClient(api, {
      ...{ name: mark, billingEmail: email, companyName: mark, transfersAllowed: 'yes', openingBalance: '417.00' },
    });
    await api.post('/v1/payments', { id: mark, clientId: id, amount: '4417.00', currency: 'USD' });
    await api.post(`/v1/clients/${id}/charges`, { id: mark, amount: '4417.50', currency: 'USD' });
    await api.sql`update clients set created_at = '2026-01-01' where id = ${id}`;
    const invoice = await api.post(`/v1/clients/${id}/invoices`, {
      ...{ description: mark, issue: true, lines: [{ description: mark, amount: '44.17' }] },
    });
    expect(invoice).toHaveStatus(201);
    const notice = await insertNotification(api.sql, {
      ...{ clientId: id, rule: 'client', to: [email], available: '4417', subject: mark, html: mark, text: mark },
      messageId: mark,
    });
    const from = await makeAccount(api, id, { balance: '25', externalId: mark });
    const to = await makeAccount(api, id, {});
    await sendTransfer(api, { fromAccountId: from.id, toAccountId: to.id, amount: '4.17' });
    const panel = await asPanel(api, id);
    await api.post('/v1/panel/billing-email', { billingEmail: `${mark}@client.example` }, panel);
    account = from.id;
    const card = await fillCard(id);
    foreign = {
      ...{ invoices: invoice.body.id, notices: notice.id },
      ...{ 'card-payments': card.payment, 'card-registrations': card.registration },
    };
  }

  const panelOperations = operations.filter(({ isPanel }) => isPanel);
  const named = (list: readonly Operation[]): [string, Operation][] =>
    list.map((operation) => [`${operation.method.toUpperCase()} ${operation.path}`, operation]);
  const withId = panelOperations.filter(({ path }) => path.includes('{'));
  const reads = panelOperations.filter(({ method, path }) => method === 'get' && !path.includes('{'));

  function send(operation: Operation, options: CallOptions, body: unknown = operation.example): Promise<Reply> {
    const id = foreign[operation.path.split('/')[3] ?? ''] ?? '';
    const path = operation.path.replace(/\{\w+\}/, id);
    return api.call(operation.method.toUpperCase(), path, operation.request.body ? body : undefined, {
      ...options,
      headers: { ...options.headers, 'If-Match': '*', 'Idempotency-Key': randomUUID() },
    });
  }

  test.each(named(withId))('%s does not find what is of another client', async (_name, operation) => {
    const before = await fingerprint(api.sql);
    const reply = await send(operation, own);
    expect(reply).toBeProblem(404, 'not_found');
    expect(reply.text).not.toContain(mark);
    expect(await fingerprint(api.sql)).toBe(before);
  });

  test.each(named(reads))('%s shows nothing of another client', async (_name, operation) => {
    const reply = await send(operation, own);
    expect(reply).toHaveStatus(200);
    expect(reply.text).not.toMatch(/4417|foreign/i);
    expect(reply.text).not.toContain('417.00');
  });

  test('a transfer does not reach an account of another client, in either direction', async () => {
    const mine = await makeAccount(api, ownId, { balance: '25' });
    const operation = panelOperations.find(({ id }) => id === 'createPanelTransfer');
    if (!operation) throw new Error('the panel has no transfers');
    const before = await fingerprint(api.sql);
    for (const [fromAccountId, toAccountId] of [
      [mine.id, account],
      [account, mine.id],
      [account, account],
    ]) {
      const reply = await send(operation, own, { fromAccountId, toAccountId, amount: '1.00' });
      expect(reply).toBeProblem(404, 'not_found');
    }
    expect(await fingerprint(api.sql)).toBe(before);
  });

  test('a change of one client leaves every other as it was', async () => {
    const clientsBut = (): Promise<readonly object[]> =>
      api.sql`select * from clients where id <> ${ownId} order by id`;
    const before = await clientsBut();
    for (const operation of panelOperations.filter(({ method, id }) => method !== 'get' && id !== 'logOutOfPanel')) {
      const reply = await send(operation, own);
      expect(reply.status).toBeLessThan(500);
    }
    expect(await clientsBut()).toEqual(before);
  });

  test.each(named(panelOperations))('%s is for panel users alone', async (_name, operation) => {
    const staff = await asUser(api, (await makePerson(api, 'admin')).id);
    for (const options of [{}, { key: null }, staff]) {
      expect(await send(operation, options)).toBeProblem(401, 'session_missing');
    }
  });

  test('a panel user may call no operation of staff', async () => {
    for (const operation of operations.filter(({ scope, path }) => scope !== null && !path.includes('{'))) {
      const reply = await send(operation, own);
      expect([operation.id, reply.status]).toEqual([operation.id, 401]);
    }
  });
}
