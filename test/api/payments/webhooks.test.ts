import { randomBytes } from 'node:crypto';
import { Webhook } from 'standardwebhooks';
import { statusOf, type ProblemCode } from '../../../src/api/http/problem.js';
import { createSealer } from '../../../src/storage/access/sealing.js';
import { startTestApi, type TestApi } from '../../support/api.js';

let api: TestApi;
let secret: string;
let clientId: string;

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

let serial = 0;
const fresh = (): string => `n-${++serial}`;

async function newClient(resellerId: string): Promise<string> {
  const [row] = await api.sql<{ id: string }[]>`
    insert into clients (reseller_id, name, currency, balance_model, external_id)
    values (${resellerId}, 'Customer A', 'USD', 'prepaid', ${fresh()}) returning id`;
  await api.sql`insert into balances (client_id) values (${row?.id ?? null})`;
  return row?.id ?? '';
}

interface Message {
  readonly id?: string;
  readonly at?: Date;
  readonly body: unknown;
  readonly secret?: string;
  readonly source?: string;
  readonly headers?: Record<string, string>;
}

/** Posts as a payment system does: signed by the reference implementation of Standard Webhooks. */
function send(message: Message): ReturnType<TestApi['post']> {
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

function payment(amount = '10.00', more: object = {}): { type: string; data: Record<string, unknown> } {
  return { type: 'payment.received', data: { id: fresh(), clientId, amount, currency: 'USD', ...more } };
}

async function entries(client = clientId): Promise<string[]> {
  const rows = await api.sql<
    { amount: string }[]
  >`select amount from ledger_entries where client_id = ${client} order by id`;
  return rows.map(({ amount }) => amount);
}

async function fingerprint(): Promise<string> {
  const [row] = await api.sql<{ text: string }[]>`
    select concat_ws(' ', (select count(*) from ledger_entries), (select sum(live) from balances),
      (select count(*) from outbox), (select count(*) from webhook_messages), (select count(*) from audit)) as text`;
  return row?.text ?? '';
}

describe('a signed message', () => {
  test('is recorded as a payment, also while Temporal is down', async () => {
    api.temporal.down = true;
    const body = payment('25.50', { at: '2026-03-01T10:00:00Z' });
    const answer = await send({ body });
    api.temporal.down = false;
    expect(answer).toHaveStatus(202);
    expect(answer.body).toEqual({ id: body.data['id'], clientId, payment: `/v1/payments/${body.data['id']}` });
    expect((await api.get(answer.body.payment)).body).toMatchObject({ amount: '25.50', at: '2026-03-01T10:00:00Z' });
    const [row] = await api.sql`select source from ledger_entries where client_id = ${clientId}`;
    expect(row).toEqual({ source: 'webhook:bank' });
    expect(await api.sql`select kind from outbox where client_id = ${clientId}`).toEqual([{ kind: 'balanceChanged' }]);
  });

  test('may name the client by the operator’s own id', async () => {
    const [row] = await api.sql<
      { external: string }[]
    >`select external_id as external from clients where id = ${clientId}`;
    const { data } = payment();
    delete data['clientId'];
    const answer = await send({
      body: { type: 'payment.received', data: { ...data, externalClientId: row?.external } },
    });
    expect(answer.body.clientId).toBe(clientId);
    expect(await entries()).toEqual(['10.000000']);
  });

  test('replayed a hundred times at once is one entry and one answer', async () => {
    const message = { id: fresh(), at: new Date(), body: payment() };
    const answers = await Promise.all(Array.from({ length: 100 }, () => send(message)));
    for (const answer of answers) expect(answer).toHaveStatus(202);
    expect(new Set(answers.map(({ text }) => text)).size).toBe(1);
    expect(await entries()).toEqual(['10.000000']);
  });

  test('with a new id and the same payment is the same payment', async () => {
    const body = payment();
    expect(await send({ body })).toHaveStatus(202);
    expect(await send({ body })).toHaveStatus(202);
    expect(await entries()).toHaveLength(1);
  });

  test('whose id came with another body is refused', async () => {
    const id = fresh();
    await send({ id, body: payment('10.00') });
    const before = await fingerprint();
    const answer = await send({ id, body: payment('11.00') });
    expect(answer).toBeProblem(409, 'conflict', '#/headers/webhook-id');
    expect(await fingerprint()).toBe(before);
  });

  test('that was refused may be sent again under the same id once it is right', async () => {
    const id = fresh();
    const wrong = payment('10.00', { clientId: '999999' });
    expect(await send({ id, body: wrong })).toBeProblem(404, 'not_found');
    expect(await send({ id, body: { ...wrong, data: { ...wrong.data, clientId } } })).toHaveStatus(202);
    expect(await entries()).toHaveLength(1);
  });
});

describe('a message that is not signed rightly changes nothing', () => {
  const minute = 60_000;
  const cases: { name: string; message: () => Message; pointer: string; detail: RegExp }[] = [
    {
      name: 'signed with another secret',
      message: () => ({ body: payment(), secret: `whsec_${randomBytes(32).toString('base64')}` }),
      pointer: '#/headers/webhook-signature',
      detail: /check the secret/,
    },
    {
      name: 'with a signature that is none',
      message: () => ({ body: payment(), headers: { 'webhook-signature': 'v1,AAAA v2,zzz nonsense' } }),
      pointer: '#/headers/webhook-signature',
      detail: /check the secret/,
    },
    {
      name: 'without a signature',
      message: () => ({ body: payment(), headers: { 'webhook-signature': '' } }),
      pointer: '#/headers/webhook-signature',
      detail: /check the secret/,
    },
    {
      name: 'six minutes old',
      message: () => ({ body: payment(), at: new Date(Date.now() - 6 * minute) }),
      pointer: '#/headers/webhook-timestamp',
      detail: /five minutes/,
    },
    {
      name: 'six minutes ahead',
      message: () => ({ body: payment(), at: new Date(Date.now() + 6 * minute) }),
      pointer: '#/headers/webhook-timestamp',
      detail: /five minutes/,
    },
    {
      name: 'with another time than was signed',
      message: () => ({ body: payment(), headers: { 'webhook-timestamp': String(Math.floor(Date.now() / 1000) - 7) } }),
      pointer: '#/headers/webhook-signature',
      detail: /check the secret/,
    },
    {
      name: 'with a time that is none',
      message: () => ({ body: payment(), headers: { 'webhook-timestamp': 'yesterday' } }),
      pointer: '#/headers/webhook-timestamp',
      detail: /seconds since 1970/,
    },
    {
      name: 'with another id than was signed',
      message: () => ({ body: payment(), headers: { 'webhook-id': 'other' } }),
      pointer: '#/headers/webhook-signature',
      detail: /check the secret/,
    },
    {
      name: 'without an id',
      message: () => ({ body: payment(), headers: { 'webhook-id': '' } }),
      pointer: '#/headers/webhook-id',
      detail: /visible ASCII/,
    },
    {
      name: 'to a source that is not there',
      message: () => ({ body: payment(), source: 'nobody' }),
      pointer: '#/headers/webhook-signature',
      detail: /check the secret/,
    },
  ];
  test.each(cases)('$name', async ({ message, pointer, detail }) => {
    const before = await fingerprint();
    const answer = await send(message());
    expect(answer).toBeProblem(401, 'signature_invalid', pointer);
    expect(answer.body.errors[0].detail).toMatch(detail);
    expect(answer.body.requestId).toBe(answer.headers.get('x-request-id'));
    expect(await fingerprint()).toBe(before);
  });

  test('altered by one byte on its way', async () => {
    const before = await fingerprint();
    const id = fresh();
    const at = new Date();
    const body = JSON.stringify(payment());
    const answer = await api.post('/v1/webhooks/in/bank', undefined, {
      key: null,
      rawBody: body.replace('10.00', '90.00'),
      headers: {
        'webhook-id': id,
        'webhook-timestamp': String(Math.floor(at.getTime() / 1000)),
        'webhook-signature': new Webhook(secret).sign(id, at, body),
      },
    });
    expect(answer).toBeProblem(401, 'signature_invalid');
    expect(await fingerprint()).toBe(before);
  });

  test('from a source that was switched off, or removed', async () => {
    const made = await api.post('/v1/webhook-sources', { name: 'old-bank' });
    const own = { source: 'old-bank', secret: made.body.secret };
    expect(await send({ ...own, body: payment() })).toHaveStatus(202);
    const path = made.headers.get('location') ?? '';
    const etag = made.headers.get('etag') ?? '';
    const off = await api.call('PATCH', path, { active: false }, { headers: { 'If-Match': etag } });
    expect(off.body.active).toBe(false);
    expect(await send({ ...own, body: payment() })).toBeProblem(401, 'signature_invalid');
    const stale = await api.call('DELETE', path, undefined, { headers: { 'If-Match': etag } });
    expect(stale).toBeProblem(412, 'version_stale');
    expect(stale.body.current.version).toBe(2);
    expect(await api.call('DELETE', path)).toBeProblem(428, 'precondition_required');
    const gone = await api.call('DELETE', path, undefined, { headers: { 'If-Match': off.headers.get('etag') ?? '' } });
    expect(gone).toHaveStatus(204);
    expect(await api.get(path)).toBeProblem(404, 'not_found');
    expect(await send({ ...own, body: payment() })).toBeProblem(401, 'signature_invalid');
    expect(await entries()).toHaveLength(1);
  });
});

describe('a signed message with a bad body changes nothing', () => {
  const cases: { name: string; body: () => unknown; code: ProblemCode; pointer: string; detail: RegExp }[] = [
    { name: 'no JSON', body: () => '{"type":', code: 'malformed_json', pointer: '#', detail: /not JSON/ },
    {
      name: 'another event',
      body: () => ({ ...payment(), type: 'payment.failed' }),
      code: 'invalid',
      pointer: '#/type',
      detail: /only payment.received/,
    },
    {
      name: 'a float',
      body: () => payment('x', { amount: 10.5 }),
      code: 'invalid',
      pointer: '#/data/amount',
      detail: /decimal string/,
    },
    { name: 'nothing', body: () => payment('0'), code: 'invalid', pointer: '#/data/amount', detail: /more than 0/ },
    {
      name: 'an unknown field',
      body: () => payment('1', { fee: '1' }),
      code: 'invalid',
      pointer: '#/data/fee',
      detail: /not a field/,
    },
    {
      name: 'two names for the client',
      body: () => payment('1', { externalClientId: 'x' }),
      code: 'invalid',
      pointer: '#/data/clientId',
      detail: /either/,
    },
    {
      name: 'an unknown client',
      body: () => payment('1', { clientId: '999999' }),
      code: 'not_found',
      pointer: '#/data/clientId',
      detail: /no such client/,
    },
    {
      name: 'an unknown client of the operator',
      body: () => payment('1', { clientId: undefined, externalClientId: 'x' }),
      code: 'not_found',
      pointer: '#/data/externalClientId',
      detail: /no such client/,
    },
    {
      name: 'another currency',
      body: () => payment('1', { currency: 'EUR' }),
      code: 'currency_mismatch',
      pointer: '#/data/currency',
      detail: /billed in USD/,
    },
  ];
  test.each(cases)('$name', async ({ body, code, pointer, detail }) => {
    const before = await fingerprint();
    const answer = await send({ body: body() });
    expect(answer).toBeProblem(statusOf(code), code, pointer);
    expect(answer.body.errors[0].detail).toMatch(detail);
    expect(await fingerprint()).toBe(before);
  });

  test('a payment that came before with another amount', async () => {
    const body = payment('10.00');
    await send({ body });
    const before = await fingerprint();
    const answer = await send({ body: { ...body, data: { ...body.data, amount: '11.00' } } });
    expect(answer).toBeProblem(409, 'conflict', '#/data/id');
    expect(await fingerprint()).toBe(before);
  });
});

describe('sources', () => {
  test('show their secret once, and keep it sealed', async () => {
    const made = await api.post('/v1/webhook-sources', { name: 'shown-once' });
    expect(made).toHaveStatus(201);
    expect(made.body.secret).toEqual(expect.stringMatching(/^whsec_[A-Za-z0-9+/]{43}=$/));
    const read = await api.get(made.headers.get('location') ?? '');
    expect(read.body).not.toHaveProperty('secret');
    const [row] = await api.sql<{ secrets: Buffer[] }[]>`select secrets from webhook_sources where name = 'shown-once'`;
    const stored = row?.secrets[0] ?? Buffer.alloc(0);
    expect(stored.includes(Buffer.from(made.body.secret.slice(6), 'base64'))).toBe(false);
    expect(stored.toString('latin1')).not.toContain(made.body.secret.slice(6));
    const audit = await api.sql`select after::text as text from audit where action like 'webhook_source.%'`;
    expect(JSON.stringify(audit)).not.toContain('whsec_');
  });

  test('take the older of two secrets until its end', async () => {
    const made = await api.post('/v1/webhook-sources', { name: 'rotating' });
    const older = { source: 'rotating', secret: made.body.secret };
    const rotated = await api.post(`/v1/webhook-sources/${made.body.id}/rotate-secret`, { overlapHours: 2 });
    const newer = { source: 'rotating', secret: rotated.body.secret };
    expect(rotated.body.previousSecretUntil).not.toBeNull();
    expect(await send({ ...older, body: payment() })).toHaveStatus(202);
    expect(await send({ ...newer, body: payment() })).toHaveStatus(202);
    const later = new Date(Date.now() + 2 * 3_600_000 + 1000);
    api.now = later.getTime();
    expect(await send({ ...older, at: later, body: payment() })).toBeProblem(401, 'signature_invalid');
    expect(await send({ ...newer, at: later, body: payment() })).toHaveStatus(202);
    expect((await api.get(`/v1/webhook-sources/${made.body.id}`)).body.previousSecretUntil).toBeNull();
  });

  test('whose secret is rotated without overlap take the new one only', async () => {
    const made = await api.post('/v1/webhook-sources', { name: 'leaked' });
    const rotated = await api.post(`/v1/webhook-sources/${made.body.id}/rotate-secret`, { overlapHours: 0 });
    expect(await send({ source: 'leaked', secret: made.body.secret, body: payment() })).toBeProblem(
      401,
      'signature_invalid',
    );
    expect(await send({ source: 'leaked', secret: rotated.body.secret, body: payment() })).toHaveStatus(202);
  });

  test('have names of their own, fit for an address', async () => {
    const again = await api.post('/v1/webhook-sources', { name: 'bank' });
    expect(again).toBeProblem(409, 'already_exists', '#/name');
    for (const name of ['Bank', 'ba/nk', '', '-bank', 'x'.repeat(64)]) {
      const answer = await api.post('/v1/webhook-sources', { name });
      expect(answer).toBeProblem(400, 'invalid', '#/name');
    }
  });

  test('belong to their reseller, and reach its clients only', async () => {
    const reseller = await api.reseller('Sub-Reseller B');
    const key = await api.makeKey({ resellerId: reseller });
    const made = await api.post('/v1/webhook-sources', { name: 'sub-bank' }, { key });
    const own = { source: 'sub-bank', secret: made.body.secret };
    expect(await send({ ...own, body: payment() })).toBeProblem(404, 'not_found');
    const below = await newClient(reseller);
    expect(await send({ ...own, body: payment('3', { clientId: below }) })).toHaveStatus(202);
    const listed = await api.get('/v1/webhook-sources', { key });
    expect(listed.body.data.map((source: { name: string }) => source.name)).toEqual(['sub-bank']);
    const foreign = (await api.get('/v1/webhook-sources?sort=name')).body.data.find(
      (source: { name: string }) => source.name === 'bank',
    );
    expect(await api.get(`/v1/webhook-sources/${foreign.id}`, { key })).toBeProblem(404, 'not_found');
    expect(await api.post(`/v1/webhook-sources/${foreign.id}/rotate-secret`, {}, { key })).toBeProblem(
      404,
      'not_found',
    );
  });

  test('cannot be made without a key to seal their secrets with', async () => {
    const bare = await startTestApi();
    try {
      const answer = await bare.post('/v1/webhook-sources', { name: 'bank' });
      expect(answer).toBeProblem(503, 'not_configured');
      expect(answer.body.detail).toMatch(/set SECRET_KEY/);
      expect(await bare.sql`select 1 from webhook_sources`).toEqual([]);
    } finally {
      await bare.stop();
    }
  });
});

test('a sealed secret opens in its own place and under its own key only', () => {
  const key = randomBytes(32).toString('base64');
  const sealer = createSealer(key);
  const sealed = sealer.seal('whsec_x', 'webhook-source:bank');
  expect(sealer.open(sealed, 'webhook-source:bank')).toBe('whsec_x');
  expect(sealer.seal('whsec_x', 'webhook-source:bank').equals(sealed)).toBe(false);
  expect(() => sealer.open(sealed, 'webhook-source:other')).toThrow();
  expect(() => createSealer(randomBytes(32).toString('base64')).open(sealed, 'webhook-source:bank')).toThrow();
  const altered = Buffer.from(sealed);
  altered[altered.length - 1] = (altered.at(-1) ?? 0) ^ 1;
  expect(() => sealer.open(altered, 'webhook-source:bank')).toThrow();
});
