import { checkEmailAddress, normalizeAddress } from '../../../src/mail/addresses.js';
import { selectTemplate } from '../../../src/mail/select-template.js';
import { messageIdFor } from '../../../src/mail/message-id.js';
import {
  composeMail,
  validateOutgoing,
  parseSender,
  toEml,
  type OutgoingMail,
} from '../../../src/mail/smtp/outgoing.js';
import { parseSmtpUrl } from '../../../src/mail/server-url.js';
import { createMailTransport } from '../../../src/mail/smtp/transport.js';

describe('an email address', () => {
  test.each([
    'a@b.example',
    'first.last+tag@sub.domain.example',
    "o'brien_x-1@example.com",
    'ops@localhost',
    ' padded@example.com ',
    `${'l'.repeat(64)}@example.com`,
    'UPPER@EXAMPLE.COM',
  ])('may be %p', (address) => {
    expect(checkEmailAddress(address)).toBeNull();
  });

  test.each([
    ['', /empty/],
    ['   ', /empty/],
    ['аdmin@example.com', /Latin.*character 1, "а"/],
    ['admin@пошта.укр', /Latin/],
    ['admin@exämple.com', /Latin/],
    ['😀@example.com', /Latin.*"😀"/],
    ['a@example.com\r\nBcc: b@example.com', /line breaks/],
    ['a@example.com\n', /line breaks/],
    ['a\u0000@example.com', /control/],
    ['a@example.com, b@example.com', /one email address/],
    ['a@example.com;b@example.com', /one email address/],
    ['a b@example.com', /one email address/],
    ['Anna <a@example.com>', /one email address/],
    ['<a@example.com>', /alone/],
    ['"a@evil.example,"@example.com', /one email address/],
    ['"a"@example.com', /alone/],
    ['a(comment)@example.com', /alone/],
    ['@relay:a@example.com', /alone/],
    ['a@[127.0.0.1]', /alone/],
    ['a', /one @/],
    ['@example.com', /one @/],
    ['a@b@example.com', /one @/],
    ['a@', /must be a domain/],
    ['a@-x.example', /must be a domain/],
    ['a@x..example', /must be a domain/],
    ['a@127.0.0.1', /must be a domain/],
    ['a@x_y.example', /must be a domain/],
    [`a@${'x'.repeat(64)}.example`, /must be a domain/],
    ['.a@example.com', /dot/],
    ['a.@example.com', /dot/],
    ['a..b@example.com', /dot/],
    [`${'l'.repeat(65)}@example.com`, /64/],
    [`a@${'x.'.repeat(130)}example`, /254/],
  ])('must not be %p', (address, reason) => {
    expect(checkEmailAddress(address)).toMatch(reason);
  });

  test('is the same in any case', () => {
    expect(normalizeAddress(' Anna@Example.COM ')).toBe('anna@example.com');
  });
});

describe('a Message-ID', () => {
  const key = { clientId: 17, rule: 'client', episode: 2, number: 3 };

  const idOf = (facts: typeof key | { clientId: string }, to = 'anna@client.example'): string =>
    messageIdFor({ ...key, ...facts }, to, 'lowwater.example');

  test('is the same for the same facts, and another for any other', () => {
    const id = idOf(key);
    expect(id).toMatch(/^<[0-9a-f]{32}@lowwater\.example>$/);
    expect(idOf({ clientId: '17' })).toBe(id);
    expect(idOf(key, 'ANNA@client.example')).toBe(id);
    const others = [
      { ...key, clientId: 1 },
      { ...key, rule: 'user' },
      { ...key, episode: 3 },
      { ...key, number: 2 },
      { ...key, clientId: 1, rule: '7client' },
    ];
    const ids = [id, idOf(key, 'bob@client.example'), ...others.map((other) => idOf(other))];
    expect(new Set(ids).size).toBe(7);
  });
});

describe('the template of a mail', () => {
  const candidate = (resellerId: number | null, locale: string | null, kind = 'low_balance') => ({
    resellerId,
    locale,
    kind,
  });
  const wanted = { kind: 'low_balance', resellerPath: [3, 2, 1], locale: 'uk-UA' } as const;

  test('is of the nearest reseller, then of the closest language', () => {
    const exact = candidate(3, 'uk_ua');
    const language = candidate(3, 'uk');
    const any = candidate(3, null);
    const english = candidate(3, 'en');
    const parents = candidate(2, 'uk-UA');
    const everybody = candidate(null, null);
    const all = [everybody, parents, english, any, language, exact];
    for (const best of [exact, language, any, english, parents, everybody]) {
      expect(selectTemplate(all, wanted)).toBe(best);
      all.splice(all.indexOf(best), 1);
    }
    expect(selectTemplate(all, wanted)).toBeNull();
  });

  test('is in the language of its reseller where the reader’s is missing, and only then in English', () => {
    const own = (locale: string) => ({ ...candidate(3, locale), ownerLocale: 'de' });
    expect(selectTemplate([own('en'), own('de')], wanted)?.locale).toBe('de');
    expect(selectTemplate([own('en'), own('uk'), own('de')], wanted)?.locale).toBe('uk');
    expect(selectTemplate([own('en')], wanted)?.locale).toBe('en');
  });

  test('is never one of a stranger, another kind, or a third language', () => {
    expect(
      selectTemplate([candidate(9, 'uk'), candidate(3, 'uk', 'credit_granted'), candidate(3, 'de')], wanted),
    ).toBeNull();
  });

  test('may be known by ids as text', () => {
    const own = { kind: 'low_balance', resellerId: '2', locale: 'en' };
    expect(selectTemplate([own], wanted)).toBe(own);
  });
});

const mail: OutgoingMail = {
  messageId: '<a@b.example>',
  to: ['a@example.com'],
  subject: 'S',
  html: '<p>H</p>',
  text: 'T',
  date: new Date(0),
};

describe('nothing gets into a header', () => {
  const transport = createMailTransport({ url: 'smtp://127.0.0.1:1', from: 'lw@example.com', domain: 'lw.example' });

  test.each<[string, Partial<OutgoingMail>]>([
    ['without recipients', { to: [] }],
    ['by a recipient', { to: ['a@example.com\r\nBcc: b@example.com'] }],
    ['by a second recipient', { to: ['a@example.com', 'b@example.com\u0000'] }],
    ['by a recipient that is two', { to: ['a@example.com, b@example.com'] }],
    ['by the subject', { subject: 'S\r\nBcc: b@example.com' }],
    ['by a line feed in the subject', { subject: 'S\nX: y' }],
    ['by NUL in the subject', { subject: 'S\u0000' }],
    ['by an endless subject', { subject: 'S'.repeat(2_000) }],
    ['by the Message-ID', { messageId: '<a@b.example>\r\nX: y' }],
    ['by a Message-ID that is none', { messageId: 'a@b.example' }],
    ["by a header's value", { headers: { 'X-A': 'b\r\nX: y' } }],
    ["by a header's name", { headers: { 'X-A: b\r\nX': 'y' } }],
    ['by a header that the mail has already', { headers: { Bcc: 'b@example.com' } }],
    ['by a header that would deny being automatic', { headers: { 'auto-submitted': 'no' } }],
    ['by a date that is none', { date: new Date(NaN) }],
  ])('%s', async (_by, changes) => {
    const bad = { ...mail, ...changes };
    expect(validateOutgoing(bad)).not.toBeNull();
    await expect(composeMail(bad, parseSender('lw@example.com'))).rejects.toThrow(TypeError);
    const hooks = { beforeEnd: () => Promise.reject(new Error('must not be asked')) };
    expect(await transport.send(bad, hooks)).toMatchObject({ outcome: 'refused', permanent: true, code: null });
  });

  test('by the sender', () => {
    for (const from of [
      '',
      'x',
      'a@example.com, b@example.com',
      'A\r\nB <a@example.com>',
      'A <a@example.com> B',
      'Ä <ä@example.com>',
    ]) {
      expect(() => parseSender(from)).toThrow(TypeError);
    }
    expect(parseSender('"Low, water" <lw@example.com>')).toEqual({ name: 'Low, water', address: 'lw@example.com' });
    expect(parseSender('lw@example.com')).toEqual({ name: '', address: 'lw@example.com' });
  });
});

test('a mail is the same bytes each time', async () => {
  expect(await toEml(mail, 'lw@example.com')).toBe(await toEml(mail, 'lw@example.com'));
  expect(await toEml(mail, 'lw@example.com')).toContain('Date: Thu, 01 Jan 1970 00:00:00 +0000\r\n');
});

describe('the address of a mail server', () => {
  test('says host, port, TLS and who we are', () => {
    expect(parseSmtpUrl('smtp://mail.example')).toMatchObject({
      host: 'mail.example',
      port: 587,
      secure: false,
      requireTLS: false,
      auth: null,
    });
    expect(parseSmtpUrl('smtps://u%40x:p%2Fw@mail.example:4650/')).toMatchObject({
      port: 4650,
      secure: true,
      auth: { user: 'u@x', pass: 'p/w' },
    });
    expect(parseSmtpUrl('smtps://[::1]').host).toBe('::1');
    expect(parseSmtpUrl('smtp://h?tls.rejectUnauthorized=false&tls.servername=x').tls).toEqual({
      rejectUnauthorized: false,
      servername: 'x',
    });
  });

  test.each([
    ['smtp://u:p@mail.example', true],
    ['smtp://u:p@mail.example?requireTLS=false', false],
    ['smtp://u:p@127.0.0.1', false],
    ['smtp://u:p@localhost', false],
    ['smtp://mail.example', false],
    ['smtp://mail.example?requireTLS=true', true],
  ])('%s requires TLS: %s', (url, required) => {
    expect(parseSmtpUrl(url).requireTLS).toBe(required);
  });

  test.each([
    '',
    'mail.example:25',
    'http://mail.example',
    'smtp://',
    'smtp://mail.example/path',
    'smtp://u:s3cret@mail.example?nonsense=1',
    'smtp://u:s3cret@mail.example?requireTLS=maybe',
    'smtp://u:s3cret%@mail.example',
    'smtp://u:s3cret@mail.example?requireTLS=true&ignoreTLS=true',
  ])('must not be %p, and no password is shown', (url) => {
    expect(() => parseSmtpUrl(url)).toThrow(/not valid/);
    expect(() => parseSmtpUrl(url)).not.toThrow(/s3cret/);
  });
});
