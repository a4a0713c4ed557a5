import { randomUUID } from 'node:crypto';
import { startCardPayments, type CardPayments } from '../../support/payments/card-payments.js';
import { asPanel } from '../../support/panel/panel-api.js';
import type { CallOptions, Reply } from '../../support/api/api.js';

/** The client's own person registers a card, pays with it, and removes it, in the client panel. */

let cards: CardPayments;
let made = 0;

beforeAll(async () => {
  cards = await startCardPayments();
});
afterAll(() => cards.stop());

interface Payer {
  readonly id: string;
  readonly panel: CallOptions;
  pay(amount: unknown, key?: string): Promise<Reply>;
}

async function payer(last4: string | null, fields: object = {}): Promise<Payer> {
  made += 1;
  const client = await cards.api.post('/v1/clients', {
    ...{ name: `Panel payer ${made}`, currency: 'USD', clientPanel: true, panelLogin: `payer-${made}`, ...fields },
  });
  expect(client).toHaveStatus(201);
  const { id } = client.body;
  if (last4 !== null) expect(await cards.registerCard(id, last4)).toHaveStatus(200);
  const panel = await asPanel(cards.api, id);
  return {
    id,
    panel,
    pay: (amount, key = randomUUID()) =>
      cards.api.post(
        '/v1/panel/card-payments',
        { amount },
        { ...panel, headers: { ...panel.headers, 'Idempotency-Key': key } },
      ),
  };
}

/** Nothing of what the gateway names the card by, and no key. */
function expectPlainTexts(...texts: readonly string[]): void {
  for (const text of texts) expect(text).not.toMatch(/profileId|sandbox-key|apiKey|transactionId/i);
}

const returnUrl = 'https://a.example/panel/card';

/** What a browser does with the form of the gateway: it chooses a card, and comes back. */
async function enterCard({ url }: { readonly url: string }, last4: string): Promise<void> {
  const chosen = await fetch(url, {
    method: 'POST',
    body: new URLSearchParams({ card: last4 }),
    redirect: 'manual',
  });
  expect(chosen.headers.get('location')).toBe(returnUrl);
}

async function start({ panel }: Payer): Promise<Reply> {
  return cards.api.post('/v1/panel/card-registrations', { returnUrl }, panel);
}

function finish({ panel }: Payer, id: string): Promise<Reply> {
  return cards.api.post(`/v1/panel/card-registrations/${id}/finish`, undefined, panel);
}

describe('the card', () => {
  test('is registered in the form of the gateway, shown by its last digits, and removed', async () => {
    const client = await payer(null);
    const { api, sandbox } = cards;
    expect((await api.get('/v1/panel/session', client.panel)).body.may.payByCard).toBe(true);
    expect((await api.get('/v1/panel/card', client.panel)).body).toEqual({
      ...{ card: null, automatic: false, frozen: false },
    });
    const started = await start(client);
    expect(started).toHaveStatus(201);
    expect(await finish(client, started.body.id)).toBeProblem(409, 'card_not_entered');
    await enterCard(started.body, '1111');
    const card = await finish(client, started.body.id);
    expect(card).toHaveStatus(200);
    expect(card.body).toMatchObject({ brand: 'Visa', last4: '1111', expires: '2030-12' });
    expect((await finish(client, started.body.id)).body).toEqual(card.body);
    const shown = await api.get('/v1/panel/card', client.panel);
    expect(shown.body.card).toEqual(card.body);
    expectPlainTexts(shown.text, started.text);

    const held = [...sandbox.state.cards.keys()];
    expect(await api.call('DELETE', '/v1/panel/card', undefined, client.panel)).toHaveStatus(204);
    expect([...sandbox.state.cards.keys()]).toHaveLength(held.length - 1);
    expect((await api.get('/v1/panel/card', client.panel)).body.card).toBeNull();
    const again = await api.call('DELETE', '/v1/panel/card', undefined, client.panel);
    expect(again).toBeProblem(409, 'auto_payment_no_card');
    const audited = await api.sql`
      select action, actor, source from audit where client_id = ${client.id} and action like 'card.%' order by id`;
    expect([...audited]).toEqual(
      ['card.register', 'card.remove'].map((action) => ({ action, actor: `client:${client.id}`, source: 'panel' })),
    );
  });

  test('sends the browser only to Lowwater’s own page, and takes up to 10 forms in an hour', async () => {
    const client = await payer(null);
    const wrong = await cards.api.post(
      '/v1/panel/card-registrations',
      { returnUrl: 'javascript:alert(1)' },
      client.panel,
    );
    expect(wrong).toBeProblem(400, 'invalid', '#/returnUrl');
    expect(await finish(client, 'not-a-uuid')).toBeProblem(404, 'not_found', '#/path/registrationId');
    expect(await finish(client, randomUUID())).toBeProblem(404, 'not_found', '#/path/registrationId');
    await cards.api.sql`
      insert into card_registrations (client_id, gateway_id, reference, created_at, expires_at)
      select ${client.id}, ${cards.gatewayId}, 'r', now() - interval '30 minutes', now() from generate_series(1, 10)`;
    const refused = await start(client);
    expect(refused).toBeProblem(429, 'rate_limited');
    expect(Number(refused.headers.get('retry-after'))).toBeGreaterThan(1700);
  });
});

describe('pay now', () => {
  test('charges the card once for each key, and says how it went', async () => {
    const client = await payer('1111');
    const key = randomUUID();
    const asked = await client.pay('25.00', key);
    expect(asked).toHaveStatus(202);
    expect(asked.body).toMatchObject({ outcome: 'processing', amount: '25.00', currency: 'USD', origin: 'by_hand' });
    expect((await client.pay('25.00', key)).body).toEqual(asked.body);
    expect(await client.pay('25.00')).toBeProblem(409, 'auto_payment_in_flight');
    await cards.advance(asked.body.id);
    const path = `/v1/panel/card-payments/${asked.body.id}`;
    expect((await cards.api.get(path, client.panel)).body).toMatchObject({ outcome: 'approved', last4: '1111' });
    expect(await cards.balance(client.id)).toBe('25');
    const listed = await cards.api.get('/v1/panel/card-payments', client.panel);
    expect(listed.body.data.map(({ id, outcome }: Reply['body']) => [id, outcome])).toEqual([
      [asked.body.id, 'approved'],
    ]);
    expectPlainTexts(listed.text);
    const charges = cards.sandbox.state.charges.filter((one) => one === `pn/${client.id}/${asked.body.id}`);
    expect(charges).toHaveLength(1);
    const [row] = await cards.api.sql`select requested_by from card_payments where id = ${asked.body.id}`;
    expect(row).toEqual({ requested_by: `client:${client.id}` });
  });

  test.each([
    ['0002', { outcome: 'declined', declineMessage: 'Insufficient funds', otherCardNeeded: false }],
    ['0004', { outcome: 'declined', declineMessage: 'Pick up card', otherCardNeeded: true }],
    ['0252', { outcome: 'review', declineMessage: null, otherCardNeeded: false }],
  ])('with the card %s ends plainly', async (last4, expected) => {
    const client = await payer(last4);
    const { id } = (await client.pay('10.00')).body;
    await cards.advance(id);
    expect((await cards.api.get(`/v1/panel/card-payments/${id}`, client.panel)).body).toMatchObject(expected);
    expect(await cards.balance(client.id)).toBe('0');
  });

  test('says that the outcome is unclear, looks it up, and charges once', async () => {
    const client = await payer('0408');
    const { id } = (await client.pay('10.00')).body;
    await cards.advance(id);
    const path = `/v1/panel/card-payments/${id}`;
    expect((await cards.api.get(path, client.panel)).body).toMatchObject({ outcome: 'unclear', endedAt: null });
    expect(await client.pay('10.00')).toBeProblem(409, 'auto_payment_in_flight');
    await cards.advance(id, 60_000);
    expect((await cards.api.get(path, client.panel)).body.outcome).toBe('approved');
    expect(await cards.balance(client.id)).toBe('10');
    expect(cards.sandbox.state.charges.filter((key) => key === `pn/${client.id}/${id}`)).toHaveLength(1);
  });

  test.each(['0', '-5.00', '0.99', '100000.01', '10.001', 'ten', 10, null])('refuses the amount %j', async (amount) => {
    const client = await payer('1111');
    expect(await client.pay(amount)).toBeProblem(400, 'invalid', '#/amount');
    expect((await cards.api.get('/v1/panel/card-payments', client.panel)).body.data).toEqual([]);
  });

  test('needs a key, a card, and is limited to 10 in an hour', async () => {
    const client = await payer('1111');
    const bare = await cards.api.post('/v1/panel/card-payments', { amount: '5.00' }, client.panel);
    expect(bare).toBeProblem(400, 'invalid', '#/headers/idempotency-key');
    expect(await (await payer(null)).pay('5.00')).toBeProblem(409, 'auto_payment_no_card');
    await cards.api.sql`
      insert into card_payments (client_id, origin, key, request_id, status, requested_by, amount, currency, decided_at, not_before, ended_at)
      select ${client.id}, 'by_hand', 'limit-' || n, 'limit-' || n, 'cancelled', ${`client:${client.id}`}, 5, 'USD', now(), now(), now()
      from generate_series(1, 10) n`;
    expect(await client.pay('5.00')).toBeProblem(429, 'rate_limited');
  });

  test('stays possible while the service is stopped', async () => {
    const client = await payer('1111', { status: 'stop' });
    const { id } = (await client.pay('10.00')).body;
    await cards.advance(id);
    expect(await cards.balance(client.id)).toBe('10');
  });
});

describe('is not offered', () => {
  async function expectNothing(client: Payer): Promise<void> {
    expect((await cards.api.get('/v1/panel/session', client.panel)).body.may.payByCard).toBe(false);
    for (const reply of [
      await start(client),
      await finish(client, randomUUID()),
      await client.pay('5.00'),
      await cards.api.call('DELETE', '/v1/panel/card', undefined, client.panel),
    ]) {
      expect(reply).toBeProblem(403, 'panel_not_allowed');
    }
  }

  test('where no gateway serves the client', async () => {
    const client = await payer(null);
    await cards.api.sql`update payment_gateways set active = false`;
    await expectNothing(client);
    await cards.api.sql`update payment_gateways set active = true`;
  });

  test('where the installation does not let clients', async () => {
    const client = await payer('1111');
    await cards.api.sql`update installation_settings set panel_card_payments = false`;
    await expectNothing(client);
    await cards.api.sql`update installation_settings set panel_card_payments = true`;
  });
});

test('what the gateway says about its settings stays with staff', async () => {
  const client = await payer(null);
  await cards.api.sql`update payment_gateways set url = 'http://127.0.0.1:1/secret-place'`;
  const reply = await start(client);
  await cards.api.sql`update payment_gateways set url = ${cards.sandbox.url}`;
  expect(reply).toBeProblem(502, 'gateway_unavailable');
  expect(reply.text).not.toMatch(/127\.0\.0\.1|secret|SECRET_KEY/);
});
