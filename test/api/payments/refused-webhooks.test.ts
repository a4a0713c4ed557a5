import { randomBytes } from 'node:crypto';
import { Webhook } from 'standardwebhooks';
import { problemSpecs, type ProblemCode } from '../../../src/api/http/problem-codes.js';
import {
  api,
  secret,
  fresh,
  send,
  payment,
  entries,
  fingerprint,
  useWebhookApi,
  type Message,
} from '../../support/payments/webhook-api.js';

useWebhookApi();

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
      detail: /5 minutes/,
    },
    {
      name: 'six minutes ahead',
      message: () => ({ body: payment(), at: new Date(Date.now() + 6 * minute) }),
      pointer: '#/headers/webhook-timestamp',
      detail: /5 minutes/,
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
    { name: 'no type', body: () => ({ data: {} }), code: 'invalid', pointer: '#/type', detail: /required/ },
    {
      name: 'an id between spaces',
      body: () => payment('1', { id: ' p-1' }),
      code: 'invalid',
      pointer: '#/data/id',
      detail: /space/,
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
      detail: /client does not exist/,
    },
    {
      name: 'an unknown client of the operator',
      body: () => payment('1', { clientId: undefined, externalClientId: 'x' }),
      code: 'not_found',
      pointer: '#/data/externalClientId',
      detail: /client does not exist/,
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
    expect(answer).toBeProblem(problemSpecs[code].status, code, pointer);
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
