import { createHmac } from 'node:crypto';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { GatewayRefusal, GatewayUnavailable } from '../../../src/domain/payments/gateway.js';
import { referenceOf } from '../../../src/gateways/authorize-net/authorize-net-gateway.js';
import { gatewayConnector } from '../../../src/gateways/connect-gateway.js';

/** What the gateways send and understand, beyond what the sandbox plays. */

let server: Server;
let base: string;
let answer: { status: number; body: string } = { status: 200, body: '{}' };
const received: { url: string; headers: Record<string, unknown>; body: string }[] = [];

beforeAll(async () => {
  server = createServer((request, response) => {
    const chunks: Buffer[] = [];
    request.on('data', (chunk: Buffer) => chunks.push(chunk));
    request.on('end', () => {
      received.push({ url: request.url ?? '', headers: request.headers, body: Buffer.concat(chunks).toString() });
      response.writeHead(answer.status, { 'content-type': 'application/json' }).end(answer.body);
    });
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  base = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
});
afterAll(() => new Promise((resolve) => server.close(resolve)));
beforeEach(() => received.splice(0));

const connect = gatewayConnector({ allowLoopback: true, userAgent: 'tests', timeoutMs: 2000 });
const open = (kind: 'http' | 'authorize_net', secret: string | null = null) =>
  connect({ kind, url: base, login: 'login-7', apiKey: 'secret-7319', webhookSecret: secret });
const charge = {
  key: 'ap/7/1/1',
  amount: '100.00',
  currency: 'USD',
  card: { customerProfileId: 'c', paymentProfileId: 'p' },
};

describe('Authorize.net', () => {
  const ok = { resultCode: 'Ok', message: [{ code: 'I00001', text: 'Successful.' }] };

  test('gets a charge with its elements in their order, the key as invoice number, and a duplicate window', async () => {
    answer = {
      status: 200,
      body: `\uFEFF${JSON.stringify({ transactionResponse: { responseCode: '1', transId: '60' }, messages: ok })}`,
    };
    expect(await open('authorize_net').charge(charge)).toMatchObject({ id: '60', state: 'approved', key: 'ap/7/1/1' });
    const { createTransactionRequest: sent } = JSON.parse(received[0]?.body ?? '{}');
    expect(Object.keys(sent)).toEqual(['merchantAuthentication', 'refId', 'transactionRequest']);
    expect(Object.keys(sent.transactionRequest)).toEqual([
      ...['transactionType', 'amount', 'currencyCode', 'profile', 'order', 'transactionSettings'],
    ]);
    expect(sent.transactionRequest.order.invoiceNumber).toBe('ap/7/1/1');
    expect(sent.transactionRequest.transactionSettings.setting[0].settingName).toBe('duplicateWindow');
  });

  test.each([
    ['1', undefined, 'approved', null],
    ['4', undefined, 'held', null],
    ['2', '2', 'declined', false],
    ['2', '4', 'declined', true],
    ['3', '8', 'declined', true],
  ])('response code %s with reason %s is %s', async (responseCode, errorCode, state, isHard) => {
    const errors = errorCode === undefined ? {} : { errors: [{ errorCode, errorText: 'Reason' }] };
    answer = {
      status: 200,
      body: JSON.stringify({ transactionResponse: { responseCode, transId: '61', ...errors }, messages: ok }),
    };
    const made = await open('authorize_net').charge(charge);
    expect(made.state).toBe(state);
    expect(made.decline?.isHard ?? null).toBe(isHard);
  });

  test('a repeat that it rejects, and an error of its own, leave open what was done', async () => {
    const failed = { resultCode: 'Error', message: [{ code: 'E00027', text: 'Unsuccessful.' }] };
    const errors = [{ errorCode: '11', errorText: 'A duplicate transaction has been submitted.' }];
    answer = {
      status: 200,
      body: JSON.stringify({ transactionResponse: { responseCode: '3', transId: '0', errors }, messages: failed }),
    };
    await expect(open('authorize_net').charge(charge)).rejects.toThrow(GatewayUnavailable);
    answer = {
      status: 200,
      body: JSON.stringify({ messages: { resultCode: 'Error', message: [{ code: 'E00001', text: '' }] } }),
    };
    await expect(open('authorize_net').charge(charge)).rejects.toThrow(GatewayUnavailable);
  });

  test('a message is signed with HMAC-SHA512 of its body, in hex of either case after sha512=', () => {
    const gateway = open('authorize_net', 'signature-key');
    const body = Buffer.from(
      JSON.stringify({ notificationId: 'n-1', eventType: 'x', payload: { entityName: 'transaction', id: '60' } }),
    );
    const hash = createHmac('sha512', 'signature-key').update(body).digest('hex');
    for (const text of [hash, hash.toUpperCase()]) {
      const headers = { 'x-anet-signature': `sha512=${text}` };
      expect(gateway.readEvent(headers, body, 0)).toEqual({ id: 'n-1', transactionId: '60' });
      expect(gateway.readEvent(headers, Buffer.concat([body, Buffer.from(' ')]), 0)).toBeNull();
    }
    expect(gateway.readEvent({ 'x-anet-signature': hash }, body, 0)).toBeNull();
    expect(open('authorize_net').readEvent({ 'x-anet-signature': `sha512=${hash}` }, body, 0)).toBeNull();
  });

  test('a key that is longer than an invoice number is shortened to the same reference', () => {
    const long = 'ap/123456789012/1234/12';
    expect(referenceOf('ap/7/1/1')).toBe('ap/7/1/1');
    expect(referenceOf(long)).toHaveLength(20);
    expect(referenceOf(long)).toBe(referenceOf(long));
    expect(referenceOf(long)).not.toBe(referenceOf(`${long}3`));
  });
});

describe('the JSON contract', () => {
  test('a charge has its key as Idempotency-Key', async () => {
    answer = {
      status: 200,
      body: JSON.stringify({ id: 't', key: 'ap/7/1/1', status: 'held', amount: '100.00', currency: 'USD' }),
    };
    expect(await open('http').charge(charge)).toMatchObject({ id: 't', state: 'held' });
    expect(received[0]?.headers).toMatchObject({ authorization: 'Bearer secret-7319', 'idempotency-key': 'ap/7/1/1' });
  });

  test.each([
    [401, GatewayRefusal],
    [422, GatewayRefusal],
    [500, GatewayUnavailable],
    [302, GatewayUnavailable],
  ])('status %i', async (status, kind) => {
    answer = { status, body: '{}' };
    await expect(open('http').charge(charge)).rejects.toThrow(kind);
  });

  test.each(['', 'not JSON', '{"id":"t"}', '{"id":"t","status":"paid","amount":"1"}'])(
    'the answer %j is not understood',
    async (body) => {
      answer = { status: 200, body };
      await expect(open('http').charge(charge)).rejects.toThrow(GatewayUnavailable);
    },
  );
});

test('no message of a failure has the secret or the address', async () => {
  for (const kind of ['http', 'authorize_net'] as const) {
    for (const status of [401, 500]) {
      answer = { status, body: 'secret-7319' };
      const failure: unknown = await open(kind)
        .charge(charge)
        .catch((error: unknown) => error);
      expect(String(failure)).not.toMatch(/secret-7319|127\.0\.0\.1/);
    }
  }
});

test.each(['http://10.0.0.1/', 'https://169.254.169.254/', 'http://gateway.example/', 'https://localhost/'])(
  'the address %s is never called',
  async (url) => {
    const guarded = gatewayConnector({ allowLoopback: false, userAgent: 'tests', resolve: async () => ['127.0.0.1'] });
    const gateway = guarded({ kind: 'http', url, login: '', apiKey: 'k', webhookSecret: null });
    await expect(gateway.charge(charge)).rejects.toThrow(GatewayRefusal);
  },
);
