import { randomBytes } from 'node:crypto';
import { createSecretCipher } from '../../../src/storage/access/secret-encryption.js';
import { startTestApi } from '../../support/api/api.js';
import {
  api,
  clientId,
  fresh,
  newClient,
  send,
  payment,
  entries,
  fingerprint,
  useWebhookApi,
} from '../../support/payments/webhook-api.js';

useWebhookApi();

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

  describe('by an external id that several clients have', () => {
    const named = (externalClientId: string, id = fresh()): { type: string; data: Record<string, unknown> } => ({
      type: 'payment.received',
      data: { id, externalClientId, amount: '10.00', currency: 'USD' },
    });
    const clientOf = async (resellerId: string, externalId: string): Promise<string> => {
      const made = await api.post('/v1/clients', { name: 'Customer', currency: 'USD', resellerId, externalId });
      expect(made).toHaveStatus(201);
      return made.body.id;
    };

    test('means that of the source’s own reseller, and among several others none', async () => {
      const [one, other] = [await api.reseller('One'), await api.reseller('Other')];
      const externalId = fresh();
      const first = await clientOf(one, externalId);
      expect((await send({ body: named(externalId) })).body.clientId).toBe(first);
      await clientOf(other, externalId);
      const before = await entries(first);
      const refused = await send({ body: named(externalId) });
      expect(refused).toBeProblem(409, 'conflict', '#/data/externalClientId');
      expect(refused.body.detail).toMatch(/clients of several resellers.*name the client by clientId/);
      expect(await entries(first)).toEqual(before);
      const own = await clientOf(api.operatorId, externalId);
      expect((await send({ body: named(externalId) })).body.clientId).toBe(own);
    });

    test('is free once its client is deleted, and a repeated payment stays with the deleted one', async () => {
      const externalId = fresh();
      const gone = await clientOf(api.operatorId, externalId);
      const duplicate = { name: 'Customer', currency: 'USD', externalId };
      expect(await api.post('/v1/clients', duplicate)).toBeProblem(409, 'already_exists', '#/externalId');
      const paid = named(externalId);
      await send({ body: paid });
      await api.call('DELETE', `/v1/clients/${gone}`, undefined, { headers: { 'If-Match': '*' } });
      expect(await send({ body: named(externalId) })).toBeProblem(409, 'client_deleted');
      const next = await clientOf(api.operatorId, externalId);
      expect((await send({ body: named(externalId) })).body.clientId).toBe(next);
      expect((await send({ body: paid })).body.clientId).toBe(gone);
      expect(await entries(next)).toHaveLength(1);
    });
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

test('fields that are not known are ignored', async () => {
  const body = { ...payment('10.00', { fee: '0.30', metadata: { order: 7 } }), livemode: true };
  expect(await send({ body })).toHaveStatus(202);
  expect(await entries()).toHaveLength(1);
});

test('events of another type are acknowledged and record nothing', async () => {
  const before = await fingerprint();
  const answer = await send({ body: { type: 'payment.refunded', data: 7, more: [] } });
  expect([answer.status, answer.body]).toEqual([200, { type: 'payment.refunded', ignored: true }]);
  expect(await fingerprint()).toBe(before);
});

test('every refusal of a payment for its meaning is an event', async () => {
  const open = async (): Promise<number> => {
    const rows = await api.sql<{ times: number }[]>`select times from events where kind = 'payment.refused'`;
    return rows.reduce((sum, { times }) => sum + times, 0);
  };
  const first = payment('10.00');
  await send({ body: first, id: 'taken' });
  const refused = [
    { body: payment('1', { clientId: '999999' }) },
    { body: payment('1', { clientId: undefined, externalClientId: 'x' }) },
    { body: payment('1', { currency: 'EUR' }) },
    { body: { ...first, data: { ...first.data, amount: '11.00' } } },
    { body: payment('12.00'), id: 'taken' },
  ];
  for (const message of refused) {
    const before = await open();
    expect((await send(message)).status).toBeGreaterThanOrEqual(400);
    expect(await open()).toBe(before + 1);
  }
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
  const secretCipher = createSecretCipher(key);
  const sealed = secretCipher.encrypt('whsec_x', 'webhook-source:bank');
  expect(secretCipher.decrypt(sealed, 'webhook-source:bank')).toBe('whsec_x');
  expect(secretCipher.encrypt('whsec_x', 'webhook-source:bank').equals(sealed)).toBe(false);
  expect(() => secretCipher.decrypt(sealed, 'webhook-source:other')).toThrow();
  expect(() => createSecretCipher(randomBytes(32).toString('base64')).decrypt(sealed, 'webhook-source:bank')).toThrow();
  const altered = Buffer.from(sealed);
  altered[altered.length - 1] = (altered.at(-1) ?? 0) ^ 1;
  expect(() => secretCipher.decrypt(altered, 'webhook-source:bank')).toThrow();
});
