import { chmod, mkdtemp, readdir, rm, stat } from 'node:fs/promises';
import { request, type IncomingHttpHeaders } from 'node:http';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { startMailbox, type Mailbox } from '../../../local-stack/src/mailbox/mailbox-server.js';
import { createMailTransport } from '../../../src/mail/smtp/transport.js';
import { mailOf } from './sending.js';

const token = 'a+start/token';
let dataDir: string;
let mailbox: Mailbox;

const open = async (host = '127.0.0.1'): Promise<void> => {
  mailbox = await startMailbox({ smtpPort: 0, httpPort: 0, dataDir, token, host });
};

async function deliver(): Promise<void> {
  const transport = createMailTransport({
    url: mailbox.smtpUrl,
    from: 'Lowwater <lw@company.example>',
    domain: 'lw.example',
  });
  const { outcome } = await transport.send(mailOf({}), { beforeEnd: async () => undefined });
  await transport.close();
  expect(outcome).toBe('accepted');
}

interface Answer {
  readonly status: number;
  readonly headers: IncomingHttpHeaders;
  readonly text: string;
}

/** Sends any Host header, which `fetch` does not allow. */
function ask(address: string, headers: Record<string, string> = {}, method = 'GET'): Promise<Answer> {
  return new Promise((resolve, reject) => {
    const sent = request(new URL(address, mailbox.httpUrl), { headers, method }, (response) => {
      let text = '';
      response.setEncoding('utf8').on('data', (chunk: string) => (text += chunk));
      response.on('end', () => resolve({ status: response.statusCode ?? 0, headers: response.headers, text }));
    });
    sent.on('error', reject).end();
  });
}

const enter = async (): Promise<string> => {
  const { headers } = await ask(mailbox.startUrl);
  return headers['set-cookie']?.[0] ?? '';
};

beforeEach(async () => {
  dataDir = await mkdtemp(path.join(tmpdir(), 'lowwater-mailbox-'));
  await open();
});
afterEach(async () => {
  await mailbox.stop();
  await rm(dataDir, { recursive: true, force: true });
});

test.each([
  '/',
  '/page.js',
  '/api/summary',
  '/api/messages',
  '/api/messages/1',
  '/api/messages/1/eml',
  '/messages/1/html',
])('%s is closed without the token', async (address) => {
  await deliver();
  for (const headers of [{}, { authorization: 'Bearer wrong' }, { cookie: 'lowwater_mailbox=x' }] as const) {
    const answer = await ask(address, headers as Record<string, string>);
    expect(answer.status).toBe(401);
    expect(answer.text).not.toContain('customer.example');
  }
});

test('emptying is closed too: the emails stay', async () => {
  await deliver();
  expect((await ask('/api/messages', {}, 'DELETE')).status).toBe(401);
  const { text } = await ask('/api/summary', { authorization: `Bearer ${token}` });
  expect(JSON.parse(text)).toMatchObject({ total: 1 });
});

test('the start link lets a browser in, and the token leaves the address', async () => {
  const answer = await ask(mailbox.startUrl);
  expect(answer).toMatchObject({ status: 303, headers: { location: '/', 'referrer-policy': 'no-referrer' } });
  const cookie = answer.headers['set-cookie']?.[0] ?? '';
  expect(cookie).toMatch(/; HttpOnly/);
  expect(cookie).toMatch(/; SameSite=Strict/);
  expect(cookie).not.toContain(encodeURIComponent(token));
  const [pair = ''] = cookie.split(';');
  for (const address of ['/', '/page.css', '/api/summary']) {
    expect((await ask(address, { cookie: `other=1; ${pair}` })).status).toBe(200);
  }
});

test('a wrong link gets a page that says where the right one is, and no cookie', async () => {
  const answer = await ask('/?token=guess', { accept: 'text/html' });
  expect(answer.status).toBe(401);
  expect(answer.headers['set-cookie']).toBeUndefined();
  expect(answer.text).toContain('npm start');
});

test('the cookie of another mailbox on this machine does not fit', async () => {
  const [pair = ''] = (await enter()).split(';');
  await mailbox.stop();
  await open();
  expect((await ask('/', { cookie: pair })).status).toBe(401);
});

test.each(['evil.example', '127.0.0.1.evil.example', 'localhost.evil.example', ''])(
  'the Host %p leads nowhere, with the token too: a foreign page must not read the emails',
  async (host) => {
    const headers = { host: `${host}:${mailbox.httpPort}`, authorization: `Bearer ${token}` };
    expect((await ask('/api/messages', headers)).status).toBe(421);
  },
);

test('a mailbox on all addresses answers to addresses, and still not to names of others', async () => {
  await mailbox.stop();
  await open('0.0.0.0');
  const status = async (host: string): Promise<number> =>
    (await ask('/api/summary', { host: `${host}:${mailbox.httpPort}`, authorization: `Bearer ${token}` })).status;
  expect(await status('10.0.0.7')).toBe(200);
  expect(await status('localhost')).toBe(200);
  expect(await status('evil.example')).toBe(421);
});

test('folder and emails are closed to other users of the machine, whatever they were before', async () => {
  await mailbox.stop();
  await chmod(dataDir, 0o755);
  const umask = process.umask(0);
  try {
    await open();
    await deliver();
  } finally {
    process.umask(umask);
  }
  const modeOf = async (name: string): Promise<number> => (await stat(path.join(dataDir, name))).mode & 0o777;
  expect(await modeOf('.')).toBe(0o700);
  const files = await readdir(dataDir);
  expect(files.map((file) => path.extname(file)).sort()).toEqual(['.eml', '.json']);
  for (const file of files) expect(await modeOf(file)).toBe(0o600);
});
