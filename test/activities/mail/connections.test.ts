import { setMaxListeners } from 'node:events';
import type { MailTransport, MailTransportOptions } from '../../../src/mail/smtp/transport.js';
import type { Script, ScriptedServer } from './scripted-server.js';
import { mailOf as mail, startSending, type Sending } from './sending.js';

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

describe('connections', () => {
  test('are used again', async () => {
    await start();
    for (let i = 0; i < 3; i += 1) await transport.send(mail(), hooks);
    expect(server.connections).toBe(1);
    expect(server.complete).toHaveLength(3);
  });

  test('are opened only as many as allowed, and everybody gets a turn', async () => {
    await start({}, { pool: 2 });
    const results = await Promise.all(Array.from({ length: 20 }, () => transport.send(mail(), hooks)));
    expect(results.every(({ outcome }) => outcome === 'accepted')).toBe(true);
    expect(server.connections).toBe(2);
    expect(asked).toBe(20);
  });

  test.each<[string, Script]>([
    ['to RCPT', { rcptTo: (address) => (address.startsWith('slow') ? { hold: true } : { reply: '250 ok' }) }],
    ['to the end of the data', { end: (message) => (message.includes('slow') ? { hold: true } : { reply: '250 ok' }) }],
  ])('that wait for a server that does not reply %s hold up no other mail', async (_what, script) => {
    await start(script, { pool: 4 });
    const close = new AbortController();
    setMaxListeners(0, close.signal);
    const signals = { stop: close.signal, close: close.signal };
    const stalled = Array.from({ length: 10 }, (_, index) =>
      transport.send(mail({ to: [`slow${index}@customer.example`] }), { ...hooks, ...signals }),
    );
    let stalledEnded = 0;
    for (const one of stalled) void one.then(() => (stalledEnded += 1));
    const good = await Promise.all(Array.from({ length: 5 }, () => transport.send(mail(), hooks)));
    expect(good.every(({ outcome }) => outcome === 'accepted')).toBe(true);
    expect(stalledEnded).toBe(0);
    close.abort();
    await Promise.all(stalled);
  });

  test('go on after a refusal, with a reset', async () => {
    await start({ rcptTo: (address) => ({ reply: address.startsWith('bob') ? '550 unknown' : '250 ok' }) });
    expect(await transport.send(mail({ to: ['bob@customer.example'] }), hooks)).toMatchObject({ outcome: 'refused' });
    expect(await transport.send(mail(), hooks)).toMatchObject({ outcome: 'accepted' });
    expect(server.connections).toBe(1);
    expect(server.commands).toContain('RSET');
  });

  test.each<[string, Script]>([
    ['closed by the server after each mail', { afterMail: { drop: true } }],
    ['closed by the server with 421 after each mail', { afterMail: { reply: '421 idle', drop: true } }],
  ])('%s cost no mail and no doubt', async (_what, script) => {
    await start(script);
    for (let i = 0; i < 5; i += 1) expect(await transport.send(mail(), hooks)).toMatchObject({ outcome: 'accepted' });
    expect(server.complete).toHaveLength(5);
    expect(asked).toBe(5);
  });

  test('that die when the next mail begins are replaced, and the mail is sent once', async () => {
    await start();
    await transport.send(mail(), hooks);
    for (const mailFrom of [{ drop: true }, { reply: '421 idle for too long', drop: true }] as const) {
      server.script = { mailFrom };
      const heal = server.closed().then(() => (server.script = {}));
      expect(await transport.send(mail(), hooks)).toMatchObject({ outcome: 'accepted' });
      await heal;
    }
    expect(server.complete).toHaveLength(3);
    expect(server.connections).toBe(3);
  });

  test('are closed politely, and none is opened afterwards', async () => {
    await start();
    await transport.send(mail(), hooks);
    const closed = server.closed();
    await transport.close();
    await closed;
    expect(server.commands.at(-1)).toBe('QUIT');
    expect(await transport.send(mail(), hooks)).toMatchObject({
      outcome: 'refused',
      permanent: false,
      reply: 'the connection pool is closed',
    });
    await expect(transport.verify()).rejects.toThrow('closed');
  });

  test('under way are waited for on close', async () => {
    await start();
    let goOn = (): void => undefined;
    let begun = (): void => undefined;
    const reached = new Promise<void>((resolve) => (begun = resolve));
    const result = transport.send(mail(), { beforeEnd: () => new Promise((resolve) => ((goOn = resolve), begun())) });
    await reached;
    const closing = transport.close();
    goOn();
    expect(await result).toMatchObject({ outcome: 'accepted' });
    await closing;
  });
});
