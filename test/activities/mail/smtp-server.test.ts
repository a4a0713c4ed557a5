import type { AddressInfo } from 'node:net';
import { simpleParser } from 'mailparser';
import { SMTPServer, type SMTPServerOptions } from 'smtp-server';
import { createMailTransport, type MailTransport, type OutgoingMail } from '../../../src/mail/smtp/transport.js';

/** The transport against a real server: TLS, authentication, and what arrives. */

interface Arrived {
  readonly raw: string;
  readonly secure: boolean;
  readonly user: string | undefined;
}

const arrived: Arrived[] = [];
let server: SMTPServer | undefined;
let transport: MailTransport | undefined;

async function listen(options: SMTPServerOptions): Promise<number> {
  const started = new SMTPServer({
    logger: false,
    disableReverseLookup: true,
    closeTimeout: 100,
    onAuth: (auth, _session, callback) => {
      if (auth.username === 'lowwater' && auth.password === 'p@ss word/%') callback(null, { user: auth.username });
      else callback(new Error('Invalid username or password'));
    },
    onData: (stream, session, callback) => {
      const chunks: Buffer[] = [];
      stream.on('data', (chunk: Buffer) => chunks.push(chunk));
      stream.on('end', () => {
        arrived.push({ raw: Buffer.concat(chunks).toString(), secure: session.secure, user: session.user });
        callback(null);
      });
    },
    ...options,
  });
  started.on('error', () => undefined);
  server = started;
  await new Promise<void>((resolve) => started.listen(0, '127.0.0.1', resolve));
  return (started.server.address() as AddressInfo).port;
}

function connect(url: string): MailTransport {
  const from = '"Lowwater, Ops" <lowwater@company.example>';
  transport = createMailTransport({
    url,
    from,
    domain: 'lowwater.example',
    timeouts: { connectMs: 3_000, replyMs: 3_000 },
  });
  return transport;
}

const mail: OutgoingMail = {
  messageId: '<0123456789abcdef@lowwater.example>',
  to: ['anna@customer.example'],
  subject: 'Баланс: 42,17 USD',
  html: '<p>Привіт</p>',
  text: 'Привіт',
  date: new Date('2026-05-12T11:00:00Z'),
  headers: { 'X-Lowwater-Notification': '17' },
};
const hooks = { beforeEnd: async () => undefined };
const password = encodeURIComponent('p@ss word/%');

afterEach(async () => {
  await transport?.close();
  await new Promise<void>((resolve) => (server ? server.close(() => resolve()) : resolve()));
  arrived.length = 0;
});

test('what arrives is what was meant, with the headers of an automatic mail', async () => {
  const port = await listen({ authOptional: true, disabledCommands: ['AUTH', 'STARTTLS'] });
  expect(await connect(`smtp://127.0.0.1:${port}`).send(mail, hooks)).toMatchObject({ outcome: 'accepted' });
  const parsed = await simpleParser(arrived[0]?.raw ?? '');
  expect(parsed.subject).toBe('Баланс: 42,17 USD');
  expect(parsed.from?.value).toEqual([{ name: 'Lowwater, Ops', address: 'lowwater@company.example' }]);
  expect(parsed.messageId).toBe(mail.messageId);
  expect(parsed.date).toEqual(mail.date);
  expect(parsed.text?.trim()).toBe('Привіт');
  expect(parsed.html).toBe('<p>Привіт</p>');
  expect(parsed.headers.get('auto-submitted')).toBe('auto-generated');
  expect(parsed.headers.get('x-auto-response-suppress')).toBe('All');
  expect(parsed.headers.get('x-lowwater-notification')).toBe('17');
  expect(parsed.headers.has('list-unsubscribe')).toBe(false);
});

test('TLS from the first byte, with a user and a password', async () => {
  const port = await listen({ secure: true });
  const url = `smtps://lowwater:${password}@127.0.0.1:${port}?tls.rejectUnauthorized=false`;
  await connect(url).verify();
  expect(await transport?.send(mail, hooks)).toMatchObject({ outcome: 'accepted' });
  expect(arrived).toEqual([expect.objectContaining({ secure: true, user: 'lowwater' })]);
});

test('STARTTLS where the server offers it', async () => {
  const port = await listen({});
  const url = `smtp://lowwater:${password}@127.0.0.1:${port}?tls.rejectUnauthorized=false`;
  expect(await connect(url).send(mail, hooks)).toMatchObject({ outcome: 'accepted' });
  expect(arrived).toEqual([expect.objectContaining({ secure: true, user: 'lowwater' })]);
});

test('a certificate that nobody vouches for is refused, and nothing is sent', async () => {
  const port = await listen({ secure: true });
  const result = await connect(`smtps://lowwater:${password}@127.0.0.1:${port}`).send(mail, hooks);
  expect(result).toMatchObject({ outcome: 'refused', permanent: false, code: null });
  expect(arrived).toEqual([]);
});

test('no password goes out in the clear where TLS is required', async () => {
  let asked = 0;
  const port = await listen({
    hideSTARTTLS: true,
    disabledCommands: ['STARTTLS'],
    allowInsecureAuth: true,
    onAuth: (_auth, _session, callback) => {
      asked += 1;
      callback(null, { user: 'x' });
    },
  });
  const result = await connect(`smtp://lowwater:${password}@127.0.0.1:${port}?requireTLS=true`).send(mail, hooks);
  expect(result).toMatchObject({ outcome: 'refused', permanent: false });
  expect(asked).toBe(0);
});

test('a wrong password is not the fault of the mail, and is not told', async () => {
  const port = await listen({ secure: true });
  const wrong = connect(`smtps://lowwater:wrong-secret@127.0.0.1:${port}?tls.rejectUnauthorized=false`);
  const result = await wrong.send(mail, hooks);
  expect(result).toMatchObject({ outcome: 'refused', permanent: false, code: 535 });
  expect(JSON.stringify(result)).not.toContain('wrong-secret');
  await expect(wrong.verify()).rejects.toThrow(/535/);
});

test('a server that knows no passwords gets no mail of one who brings one', async () => {
  const port = await listen({ authOptional: true, disabledCommands: ['AUTH', 'STARTTLS'] });
  const result = await connect(`smtp://lowwater:${password}@127.0.0.1:${port}`).send(mail, hooks);
  expect(result).toMatchObject({ outcome: 'refused', permanent: false });
  expect(arrived).toEqual([]);
});

test('verify tells that nobody listens', async () => {
  const port = await listen({});
  await new Promise<void>((resolve) => server?.close(() => resolve()));
  server = undefined;
  await expect(connect(`smtp://127.0.0.1:${port}`).verify()).rejects.toThrow('ECONNREFUSED');
});
