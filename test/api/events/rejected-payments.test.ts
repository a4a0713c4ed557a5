import { randomBytes } from 'node:crypto';
import { Webhook } from 'standardwebhooks';
import { problemSpecs, type ProblemCode } from '../../../src/api/http/problem-codes.js';
import type { Reply } from '../../support/api/api.js';
import { raiseEvent } from '../../../src/storage/events/raise-event.js';
import { api, clientId, fresh, created, events, useEventsApi } from '../../support/events/events-api.js';

useEventsApi();

describe('a payment that is refused for its meaning', () => {
  const payment = (more: object = {}): Record<string, unknown> => ({
    id: fresh('pay'),
    clientId,
    amount: '5',
    currency: 'USD',
    ...more,
  });

  async function refused(reply: Reply | Promise<Reply>, code: ProblemCode): Promise<void> {
    expect(await reply).toBeProblem(problemSpecs[code].status, code);
  }

  test('is an event with amount, currency, id, and reason; a repeat raises its count', async () => {
    const body = payment({ currency: 'EUR' });
    await refused(api.post('/v1/payments', body), 'currency_mismatch');
    await refused(api.post('/v1/payments', body), 'currency_mismatch');
    await refused(api.post('/v1/payments', payment({ currency: 'EUR' })), 'currency_mismatch');
    const [first, second, ...more] = await events();
    expect(more).toEqual([]);
    expect(first).toMatchObject({ times: 2, clientId, subject: { type: 'payment', id: body['id'] } });
    expect(first?.data).toEqual({
      paymentId: body['id'],
      amount: '5.00',
      currency: 'EUR',
      client: clientId,
      source: expect.stringMatching(/^key:/),
      reason: 'currency_mismatch',
      detail: expect.stringContaining('billed in USD'),
    });
    expect(second).toMatchObject({ times: 1 });
  });

  test('may name an unknown client, also in the path: the event is the caller’s', async () => {
    const reseller = await api.reseller(fresh('Reseller'));
    const options = { key: await api.makeKey({ resellerId: reseller }) };
    // There is such a client, but not for this caller.
    await refused(api.post('/v1/payments', payment(), options), 'not_found');
    const { clientId: _, ...inPath } = payment();
    await refused(api.post(`/v1/clients/${clientId}/payments`, inPath, options), 'not_found');
    await refused(api.post('/v1/payments', payment({ clientId: '999999999' }), options), 'not_found');
    const seen = await events('', options);
    expect(seen.map((event) => [event['clientId'], event['resellerId'], event.data['client']])).toEqual([
      [null, reseller, clientId],
      [null, reseller, clientId],
      [null, reseller, '999999999'],
    ]);
    const other = await api.makeKey({ resellerId: await api.reseller(fresh('Other')) });
    expect(await events('', { key: other })).toEqual([]);
  });

  test('may be for a deleted client, or have the id of another payment', async () => {
    const taken = payment();
    await created('/v1/payments', taken);
    await refused(api.post('/v1/payments', { ...taken, amount: '6' }), 'conflict');
    await api.call('DELETE', `/v1/clients/${clientId}`, undefined, { headers: { 'If-Match': '*' } });
    await refused(api.post('/v1/payments', payment()), 'client_deleted');
    expect((await events()).map((event) => [event['clientId'], event.data['reason'], event.data['amount']])).toEqual([
      [clientId, 'conflict', '6.00'],
      [clientId, 'client_deleted', '5.00'],
    ]);
  });

  test('in a batch is an event of its own', async () => {
    const same = payment({ currency: 'EUR' });
    const items = [payment(), same, same, payment({ clientId: '999999999' }), payment({ amount: '-1' }), { id: 'x' }];
    const reply = await api.post('/v1/payments/batch', { items });
    expect([reply.body.posted, reply.body.refused]).toEqual([1, 5]);
    expect((await events()).map((event) => [event.data['reason'], event['times']]).sort()).toEqual([
      ['currency_mismatch', 2],
      ['not_found', 1],
    ]);
  });

  test('is none where its form is refused, or it is no payment, or it was recorded', async () => {
    const noScope = { key: await api.makeKey({ scopes: ['clients:read'] }) };
    expect(await api.post('/v1/payments', payment({ amount: '-5' }))).toBeProblem(400, 'invalid');
    expect(await api.post('/v1/payments', payment({ currency: 'XXQ' }))).toBeProblem(400, 'invalid');
    expect(await api.post('/v1/payments', payment({ currency: 'EUR' }), noScope)).toBeProblem(403, 'scope_missing');
    expect(await api.post('/v1/payments', payment(), { key: 'lw_live_nobody' })).toBeProblem(401, 'key_invalid');
    const charge = { id: fresh('c'), amount: '1', currency: 'EUR' };
    await refused(api.post(`/v1/clients/${clientId}/charges`, charge), 'currency_mismatch');
    const recorded = payment();
    await created('/v1/payments', recorded);
    expect(await api.post('/v1/payments', recorded)).toHaveStatus(200);
    expect(await events('&status=all')).toEqual([]);
  });

  test('by a webhook is an event of the source’s reseller', async () => {
    const reseller = await api.reseller(fresh('Acquirer'));
    const name = fresh('bank').toLowerCase();
    const own = { key: await api.makeKey({ resellerId: reseller }) };
    const { secret } = await created('/v1/webhook-sources', { name }, own);
    const send = (data: object, id = fresh('m'), signWith = secret): Promise<Reply> => {
      const rawBody = JSON.stringify({ type: 'payment.received', data: { amount: '7.5', currency: 'USD', ...data } });
      const at = new Date();
      const headers = {
        'webhook-id': id,
        'webhook-timestamp': String(Math.floor(at.getTime() / 1000)),
        'webhook-signature': new Webhook(signWith).sign(id, at, rawBody),
      };
      return api.post(`/v1/webhooks/in/${name}`, undefined, { key: null, rawBody, headers });
    };
    const client = (await created('/v1/clients', { name: 'Theirs', currency: 'USD', externalId: fresh('ext') }, own))
      .id;
    await refused(send({ id: 'w-1', externalClientId: 'nobody' }, 'm-1'), 'not_found');
    await refused(send({ id: 'w-1', externalClientId: 'nobody' }, 'm-1'), 'not_found');
    await refused(send({ id: 'w-2', clientId: client, currency: 'EUR' }), 'currency_mismatch');
    await refused(send({ id: 'w-3', clientId }), 'not_found');
    expect(await send({ id: 'w-4', clientId: client }, 'm-4')).toHaveStatus(202);
    await refused(send({ id: 'w-5', clientId: client }, 'm-4'), 'conflict');
    const wrong = `whsec_${randomBytes(24).toString('base64')}`;
    await refused(send({ id: 'w-6', clientId: client }, fresh('m'), wrong), 'signature_invalid');
    expect(await send({ id: 'w-7' })).toBeProblem(400, 'invalid');
    const seen = await events('', own);
    const source = `webhook:${name}`;
    expect(
      seen.map(({ data, times, ...event }) => [data['paymentId'], data['reason'], event['clientId'], times]),
    ).toEqual([
      ['w-1', 'not_found', null, 2],
      ['w-2', 'currency_mismatch', client, 1],
      ['w-3', 'not_found', null, 1],
      ['w-5', 'conflict', client, 1],
    ]);
    expect(seen.every(({ data, ...event }) => data['source'] === source && event['resellerId'] === reseller)).toBe(
      true,
    );
    expect(seen[0]?.data).toMatchObject({ amount: '7.50', client: 'nobody' });
  });

  test('is answered as an internal failure when its event cannot be written', async () => {
    await api.sql`alter table events rename to events_away`;
    const reply = await api.post('/v1/payments', payment({ currency: 'EUR' }));
    await api.sql`alter table events_away rename to events`;
    expect(reply).toBeProblem(500, 'internal');
  });
});

test('a rate that is added resolves the missing rate', async () => {
  await raiseEvent(api.sql, {
    kind: 'rate.missing',
    cause: 'CHF/USD',
    subjectId: 'CHF/USD',
    clientId: null,
    resellerId: null,
    data: { from: 'CHF', to: 'USD' },
    atMs: Date.now(),
  });
  await created('/v1/exchange-rates', { from: 'CHF', to: 'USD', rate: '1.1' });
  expect(await events('&status=all')).toEqual([
    expect.objectContaining({ status: 'resolved', resolvedBy: 'system', resolvedByName: null }),
  ]);
});
