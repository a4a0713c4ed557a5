import type { MailTransport, MailTransportOptions } from '../../../src/mail/smtp/transport.js';
import type { Script, ScriptedServer } from './scripted-server.js';
import { mailOf as mail, settle, startSending, type Sending } from './sending.js';

let sending: Sending;
let server: ScriptedServer;
let transport: MailTransport;
/** how often `beforeEnd` ran */
let asked = 0;
const hooks = { beforeEnd: async () => void (asked += 1) };

async function start(script: Script = {}, options: Partial<MailTransportOptions> = {}): Promise<void> {
  sending = await startSending(script, options);
  ({ server, transport } = sending);
}

beforeEach(() => {
  asked = 0;
});
afterEach(() => sending.stop());

describe('a mail is accepted', () => {
  test('when the server says so after its end', async () => {
    await start();
    const result = await transport.send(mail({ to: ['anna@customer.example', 'Bob@customer.example'] }), hooks);
    expect(result).toEqual({
      outcome: 'accepted',
      accepted: ['anna@customer.example', 'Bob@customer.example'],
      rejected: [],
      reply: '250 queued',
    });
    expect(asked).toBe(1);
    expect(server.commands.slice(0, 5)).toEqual([
      'EHLO lowwater.example',
      'MAIL FROM:<lowwater@company.example>',
      'RCPT TO:<anna@customer.example>',
      'RCPT TO:<Bob@customer.example>',
      'DATA',
    ]);
    const [message = ''] = server.complete;
    expect(message.replaceAll('\r\n..', '\r\n.').trim()).toBe(
      (await transport.toEml(mail({ to: ['anna@customer.example', 'Bob@customer.example'] }))).trim(),
    );
  });

  test.each([[[]], [['PIPELINING', 'SIZE 1000000']]])(
    'for some of its recipients; the others are named (%p)',
    async (extensions) => {
      const refusal = { reply: '550 5.1.1 no such user' };
      await start({ extensions, rcptTo: (address) => (address.startsWith('bob') ? refusal : { reply: '250 ok' }) });
      expect(await transport.send(mail({ to: ['anna@customer.example', 'bob@customer.example'] }), hooks)).toEqual({
        outcome: 'accepted',
        accepted: ['anna@customer.example'],
        rejected: [{ address: 'bob@customer.example', reply: '550 5.1.1 no such user' }],
        reply: '250 queued',
      });
    },
  );
});

describe('a mail is refused, and safe to send again', () => {
  test.each<[string, Script, { permanent: boolean; code: number | null }]>([
    ['the server greets with 554', { greeting: { reply: '554 go away', drop: true } }, { permanent: false, code: 554 }],
    ['the server closes before its greeting', { greeting: { drop: true } }, { permanent: false, code: null }],
    ['the sender is put off', { mailFrom: { reply: '451 later' } }, { permanent: false, code: 451 }],
    ['the sender is refused', { mailFrom: { reply: '550 never' } }, { permanent: true, code: 550 }],
    ['the session is out of step', { mailFrom: { reply: '503 bad sequence' } }, { permanent: false, code: 503 }],
    ['the connection breaks after MAIL FROM', { mailFrom: { drop: true } }, { permanent: false, code: null }],
    ['the server closes with 421', { mailFrom: { reply: '421 closing', drop: true } }, { permanent: false, code: 421 }],
    ['all recipients are refused', { rcptTo: () => ({ reply: '550 unknown' }) }, { permanent: true, code: 550 }],
    ['the connection breaks after RCPT TO', { rcptTo: () => ({ drop: true }) }, { permanent: false, code: null }],
    ['a reply is not SMTP', { mailFrom: { reply: 'OVERLOADED' } }, { permanent: false, code: null }],
    [
      'a reply to a recipient is not SMTP',
      { rcptTo: () => ({ reply: 'try later' }) },
      { permanent: false, code: null },
    ],
    ['a reply to DATA is not SMTP', { data: { reply: '<html>' } }, { permanent: false, code: null }],
    ['the greeting is not SMTP', { greeting: { reply: 'HTTP/1.1 400 Bad Request' } }, { permanent: false, code: null }],
    ['DATA is refused', { data: { reply: '554 no' } }, { permanent: true, code: 554 }],
    [
      'the connection breaks after DATA',
      { data: { reply: '354 go on', drop: true } },
      { permanent: false, code: null },
    ],
  ])('when %s', async (_when, script, expected) => {
    for (const extensions of [[], ['PIPELINING']]) {
      await start({ ...script, extensions });
      const result = await transport.send(mail(), { beforeEnd: settle });
      expect(result).toEqual({ outcome: 'refused', ...expected, reply: expect.stringMatching(/./) });
      expect(server.complete).toEqual([]);
      if (extensions.length === 0) {
        await transport.close();
        await server.stop();
      }
    }
  });

  test('when one recipient is put off and another refused: not for good', async () => {
    await start({ rcptTo: (address) => ({ reply: address.startsWith('bob') ? '450 greylisted' : '550 unknown' }) });
    const result = await transport.send(mail({ to: ['bob@customer.example', 'anna@customer.example'] }), hooks);
    expect(result).toMatchObject({ outcome: 'refused', permanent: false, code: 450 });
    expect(asked).toBe(0);
  });

  test.each([
    ['452 4.3.1 full', false, 452],
    ['552 5.3.4 too large', true, 552],
    ['421 4.3.2 closing', false, 421],
  ])('when the server answers its end with %s', async (reply, permanent, code) => {
    await start({ end: { reply } });
    expect(await transport.send(mail(), hooks)).toEqual({ outcome: 'refused', permanent, code, reply });
    expect(asked).toBe(1);
  });

  test('when the server answers its end with 451 and breaks the connection at once', async () => {
    await start({ end: { reply: '451 try later', drop: true } });
    expect(await transport.send(mail(), hooks)).toMatchObject({ outcome: 'refused', permanent: false, code: 451 });
  });

  test('when it breaks in the middle of the data', async () => {
    await start({ afterBytes: { bytes: 500, step: { drop: true } } });
    const closed = server.closed();
    const result = await transport.send(mail({ text: 'x'.repeat(300_000) }), { beforeEnd: () => closed.then(settle) });
    expect(result).toMatchObject({ outcome: 'refused', permanent: false, code: null });
    expect(server.complete).toEqual([]);
  });

  test('when the server refuses it in the middle of the data: the rest is not sent', async () => {
    await start({ afterBytes: { bytes: 500, step: { reply: '552 too much' } } });
    const closed = server.closed();
    const result = await transport.send(mail(), { beforeEnd: () => closed.then(settle) });
    expect(result).toEqual({ outcome: 'refused', permanent: true, code: 552, reply: '552 too much' });
    expect(server.complete).toEqual([]);
    expect(server.commands).not.toContain('RSET');
  });

  test('when it is larger than the server says it takes', async () => {
    await start({ extensions: ['SIZE 1000'] });
    const result = await transport.send(mail({ text: 'x'.repeat(2_000) }), hooks);
    expect(result).toMatchObject({ outcome: 'refused', permanent: true, code: null });
    expect(server.commands).not.toContain('DATA');
  });

  test('when nobody listens', async () => {
    await start();
    await server.stop();
    expect(await transport.send(mail(), hooks)).toMatchObject({ outcome: 'refused', permanent: false, code: null });
  });

  test('when the server does not reply in time, at whatever point before the end', async () => {
    for (const script of [
      { greeting: { hold: true } },
      { mailFrom: { hold: true } },
      { data: { hold: true } },
    ] as const) {
      await start(script, { timeouts: { connectMs: 300, replyMs: 300 } });
      expect(await transport.send(mail(), hooks)).toMatchObject({ outcome: 'refused', permanent: false, code: null });
      await transport.close();
      await server.stop();
    }
    expect(asked).toBe(0);
    await start();
  });

  test('when no connection becomes free in time', async () => {
    await start({ greeting: { hold: true } }, { pool: 1, timeouts: { totalMs: 300, connectMs: 1_500 } });
    const verifying = expect(transport.verify()).rejects.toThrow();
    const late = await transport.send(mail(), hooks);
    expect(late).toEqual({ outcome: 'refused', permanent: false, code: null, reply: 'took longer than 0.3 s' });
    expect(server.connections).toBe(1);
    await verifying;
  });

  test('when its time is over before its end', async () => {
    await start({}, { timeouts: { totalMs: 300 } });
    const closed = server.closed();
    const result = await transport.send(mail(), { beforeEnd: () => closed.then(settle) });
    expect(result).toMatchObject({ outcome: 'refused', permanent: false, reply: 'took longer than 0.3 s' });
    expect(server.complete).toEqual([]);
  });
});

describe('a mail is uncertain', () => {
  test('when the connection breaks after its end', async () => {
    await start({ end: { drop: true } });
    expect(await transport.send(mail(), hooks)).toEqual({
      outcome: 'uncertain',
      reply: expect.stringContaining('no reply'),
    });
    expect(server.complete).toHaveLength(1);
    expect(asked).toBe(1);
  });

  test('when no reply to its end comes in time', async () => {
    await start({ end: { hold: true } }, { timeouts: { endMs: 300 } });
    expect(await transport.send(mail(), hooks)).toMatchObject({ outcome: 'uncertain' });
  });

  test('when its time is over after its end', async () => {
    await start({ end: { hold: true } }, { timeouts: { connectMs: 100, replyMs: 100, totalMs: 100, endMs: 300 } });
    expect(await transport.send(mail(), hooks)).toMatchObject({
      outcome: 'uncertain',
      reply: expect.stringContaining('took longer than 0.3 s'),
    });
  });

  test('when the reply to its end is cut off', async () => {
    await start({ end: { reply: '250-queued', drop: true } });
    expect(await transport.send(mail(), hooks)).toMatchObject({ outcome: 'uncertain' });
  });

  test('when the server says yes before its end', async () => {
    await start({ afterBytes: { bytes: 100, step: { reply: '250 queued' } } });
    const closed = server.closed();
    expect(await transport.send(mail(), { beforeEnd: () => closed.then(settle) })).toMatchObject({
      outcome: 'uncertain',
    });
    expect(server.complete).toEqual([]);
  });
});

describe('a mail that is stopped', () => {
  test('before its end is broken off and refused for now', async () => {
    await start({ rcptTo: () => ({ hold: true }) });
    const stop = new AbortController();
    const result = transport.send(mail(), { ...hooks, stop: stop.signal });
    while (!server.commands.some((line) => line.startsWith('RCPT'))) await settle();
    stop.abort();
    expect(await result).toMatchObject({ outcome: 'refused', permanent: false });
    expect(asked).toBe(0);
  });

  test('after its end still learns the reply, unless the reply is no longer awaited', async () => {
    await start({ end: { hold: true } });
    const stop = new AbortController();
    const close = new AbortController();
    const result = transport.send(mail(), { ...hooks, stop: stop.signal, close: close.signal });
    while (server.complete.length === 0) await settle();
    stop.abort();
    await settle();
    close.abort();
    expect(await result).toMatchObject({
      outcome: 'uncertain',
      reply: expect.stringContaining('the reply is no longer awaited'),
    });
  });
});

describe('before its end', () => {
  test('a mail waits, complete but for the end, until beforeEnd has resolved', async () => {
    await start();
    let release = (): void => undefined;
    const held = new Promise<void>((resolve) => (release = resolve));
    const result = transport.send(mail(), { beforeEnd: () => held });
    while (!server.underWay.includes('-Part_1--')) await settle();
    await settle();
    expect(server.complete).toEqual([]);
    release();
    expect(await result).toMatchObject({ outcome: 'accepted' });
    expect(server.complete).toHaveLength(1);
  });

  test('a failure of beforeEnd breaks the mail off and is thrown', async () => {
    await start();
    const closed = server.closed();
    const failure = new Error('a later attempt has taken this mail over');
    await expect(transport.send(mail(), { beforeEnd: () => Promise.reject(failure) })).rejects.toBe(failure);
    await closed;
    expect(server.complete).toEqual([]);
    expect(server.broken).toHaveLength(1);
    expect(server.broken[0]).not.toMatch(/\r\n\.\r\n/);
    expect(await transport.send(mail(), hooks)).toMatchObject({ outcome: 'accepted' });
  });

  test('beforeEnd is over before a broken connection is told of', async () => {
    await start({ data: { reply: '354 go on' }, afterBytes: { bytes: 10, step: { drop: true } } });
    const closed = server.closed();
    let isOver = false;
    const result = await transport.send(mail(), {
      beforeEnd: async () => {
        await closed;
        await settle();
        isOver = true;
      },
    });
    expect(result).toMatchObject({ outcome: 'refused' });
    expect(isOver).toBe(true);
  });
});
