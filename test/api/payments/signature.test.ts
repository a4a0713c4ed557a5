import { createHmac, randomBytes } from 'node:crypto';
import { newWebhookSecret, signatureError } from '../../../src/api/operations/payments/signature.js';

/** The example that the documents of Standard Webhooks publish. */
const example = {
  secret: 'whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw',
  id: 'msg_p5jXN8AQM9LWM0D4loKWxJek',
  timestamp: '1614265330',
  body: Buffer.from('{"test": 2432232314}'),
  signature: 'v1,g0hM9SsE+OTPJTGt/tmIKtSyZlE3uFJELVlNIOLJ1OE=',
};
const sentAtMs = Number(example.timestamp) * 1000;
const { secret } = example;

interface Changed {
  readonly id?: string;
  readonly timestamp?: string;
  readonly signature?: string;
  readonly body?: Buffer;
}

function errorOf(changed: Changed = {}, secrets: readonly string[] = [secret], nowMs = sentAtMs): string | null {
  return signatureError({ ...example, ...changed }, secrets, nowMs);
}

/** Signs with Node's own HMAC: independent of the library that checks. */
function signed(parts: Changed, by = secret): string {
  const { id, timestamp, body } = { ...example, ...parts };
  const key = Buffer.from(by.slice('whsec_'.length), 'base64');
  return `v1,${createHmac('sha256', key).update(`${id}.${timestamp}.`).update(body).digest('base64')}`;
}

test('the published example is signed rightly', () => expect(errorOf()).toBeNull());

test('a body in other scripts is signed by its bytes', () => {
  const body = Buffer.from('{"name":"Київ 🦊 \u{FEFF}"}');
  expect(errorOf({ body, signature: signed({ body }) })).toBeNull();
});

test('an empty body can be signed', () => {
  const body = Buffer.alloc(0);
  expect(errorOf({ body, signature: signed({ body }) })).toBeNull();
});

describe('of several', () => {
  const other = newWebhookSecret();

  test.each([
    ['first', `${example.signature} v1,AAAA v2,zzz`],
    ['last', `v1a,AAAA v1,AAAA ${example.signature}`],
  ])('signatures the %s may fit', (_, signature) => expect(errorOf({ signature })).toBeNull());

  test('secrets the older and the newer fit', () => {
    expect(errorOf({}, [other, secret])).toBeNull();
    expect(errorOf({}, [secret, other])).toBeNull();
    expect(errorOf({}, [other])).toBe('signature');
  });

  test('secrets none is left: nothing fits', () => expect(errorOf({}, [])).toBe('signature'));
});

describe('the time', () => {
  const second = 1000;
  const minute = 60 * second;
  test.each([
    [5 * minute, null],
    [-5 * minute, null],
    [5 * minute + second, 'timestamp'],
    [-5 * minute - second, 'timestamp'],
  ])('%s ms from ours', (offMs, fault) => expect(errorOf({}, [secret], sentAtMs + offMs)).toBe(fault));

  test.each(['', ' ', 'now', '0', `0${example.timestamp}`, `${example.timestamp}.0`, ` ${example.timestamp}`, '1e9'])(
    'that is "%s" is none',
    (timestamp) => expect(errorOf({ timestamp, signature: signed({ timestamp }) })).toBe('timestamp'),
  );

  test.each(['-5', '9'.repeat(12), '9'.repeat(13), `${example.timestamp}x`, '٣'])('nor "%s"', (timestamp) =>
    expect(errorOf({ timestamp })).toBe('timestamp'),
  );
});

describe('the id', () => {
  test.each(['', 'two words', 'é', 'x'.repeat(201), 'line\nbreak', '\0'])('"%s" is none', (id) =>
    expect(errorOf({ id, signature: signed({ id }) })).toBe('id'),
  );

  test('of 200 characters is one', () => {
    const id = 'x'.repeat(200);
    expect(errorOf({ id, signature: signed({ id }) })).toBeNull();
  });
});

describe('a signature that does not fit', () => {
  const [, text = ''] = example.signature.split(',');
  test.each([
    '',
    ' ',
    ',',
    'v1',
    'v1,',
    'v1,,',
    text,
    `v1;${text}`,
    `v2,${text}`,
    `v1a,${text}`,
    `V1,${text}`,
    `v1,${text.toLowerCase()}`,
    `v1,${text.slice(0, -1)}`,
    `v1,${text}x`,
    `v1,${text},${text}`,
    `v1,${'é'.repeat(44)}`,
    `v1,${'\u{1F98A}'.repeat(400)}`,
    'v1,'.repeat(600),
  ])('%s', (signature) => expect(errorOf({ signature })).toBe('signature'));

  test('is that of another secret, id, time or body', () => {
    const foreign = `whsec_${randomBytes(32).toString('base64')}`;
    expect(errorOf({ signature: signed({}, foreign) })).toBe('signature');
    expect(errorOf({ id: 'other' })).toBe('signature');
    expect(errorOf({ timestamp: String(Number(example.timestamp) + 1) })).toBe('signature');
    expect(errorOf({ body: Buffer.from('{"test": 2432232315}') })).toBe('signature');
  });

  test('is any for a body that is not UTF-8: else it would fit many', () => {
    const replaced = Buffer.from('{"name":"\u{FFFD}"}');
    const signature = signed({ body: replaced });
    expect(errorOf({ body: replaced, signature })).toBeNull();
    const broken = Buffer.concat([Buffer.from('{"name":"'), Buffer.from([0xff]), Buffer.from('"}')]);
    expect(errorOf({ body: broken, signature })).toBe('signature');
    expect(errorOf({ body: broken, signature: signed({ body: broken }) })).toBe('signature');
  });
});
