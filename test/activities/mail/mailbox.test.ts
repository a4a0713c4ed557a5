import { mkdtemp, readdir, rm, writeFile } from 'node:fs/promises';
import { connect } from 'node:net';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { startMailbox, type Mailbox, type MailboxOptions } from '../../../local-stack/src/mailbox/mailbox-server.js';
import { createMailTransport, type OutgoingMail } from '../../../src/mail/smtp/transport.js';
import { mailOf } from './sending.js';

let dataDir: string;
let mailbox: Mailbox;
const token = 'start-token';

/** As a program that has the token. */
function fetch(url: string, init: RequestInit = {}): Promise<Response> {
  return globalThis.fetch(url, { ...init, headers: { authorization: `Bearer ${token}` } });
}

async function open(options: Partial<MailboxOptions> = {}): Promise<void> {
  mailbox = await startMailbox({ smtpPort: 0, httpPort: 0, dataDir, token, ...options });
}

async function deliver(...mails: Partial<OutgoingMail>[]): Promise<void> {
  const transport = createMailTransport({
    url: mailbox.smtpUrl,
    from: 'Lowwater <lw@company.example>',
    domain: 'lw.example',
  });
  for (const [index, mail] of mails.entries()) {
    const result = await transport.send(mailOf({ messageId: `<m${index}@lw.example>`, ...mail }), {
      beforeEnd: async () => undefined,
    });
    expect(result.outcome).toBe('accepted');
  }
  await transport.close();
}

interface Listed {
  readonly id: string;
  readonly to: string[];
  readonly subject: string;
  readonly receivedAt: string;
}

async function list(query = ''): Promise<Listed[]> {
  const response = await fetch(`${mailbox.apiUrl}${query}`);
  expect(response.status).toBe(200);
  return (await response.json()) as Listed[];
}
const subjects = async (query = ''): Promise<string[]> => (await list(query)).map(({ subject }) => subject);

beforeEach(async () => {
  dataDir = await mkdtemp(path.join(tmpdir(), 'lowwater-mailbox-'));
  await open();
});
afterEach(async () => {
  await mailbox.stop();
  await rm(dataDir, { recursive: true, force: true });
});

test('what is sent can be read as JSON', async () => {
  const date = new Date('2026-05-12T11:00:00Z');
  await deliver({
    to: ['Anna@customer.example', 'bob@customer.example'],
    subject: 'Баланс',
    html: '<p>Привіт</p>',
    text: 'Привіт',
    date,
  });
  expect(await list()).toEqual([
    {
      id: expect.stringMatching(/^\d+$/),
      to: ['Anna@customer.example', 'bob@customer.example'],
      from: 'lw@company.example',
      fromName: 'Lowwater',
      subject: 'Баланс',
      date: '2026-05-12T11:00:00.000Z',
      messageId: '<m0@lw.example>',
      receivedAt: expect.stringMatching(/^\d{4}-.*Z$/),
      size: expect.any(Number),
      text: expect.stringMatching(/^Привіт\s*$/),
      html: expect.stringMatching(/^<p>Привіт<\/p>\s*$/),
    },
  ]);
});

test('mails come oldest first, by recipient, by time and behind an id', async () => {
  await deliver({ subject: 'one' }, { subject: 'two', to: ['bob@customer.example'] });
  const before = await list();
  await deliver({ subject: 'three' });
  expect(await subjects()).toEqual(['one', 'two', 'three']);
  expect(await subjects('?to=BOB@customer.example')).toEqual(['two']);
  expect(await subjects('?to=nobody@customer.example')).toEqual([]);
  expect(await subjects(`?after=${before[0]?.id}`)).toEqual(['two', 'three']);
  expect(await subjects(`?since=${encodeURIComponent(before[0]?.receivedAt ?? '')}`)).toEqual(['one', 'two', 'three']);
  expect(await subjects('?since=2100-01-01T00:00:00Z')).toEqual([]);
  expect((await fetch(`${mailbox.apiUrl}?since=yesterday`)).status).toBe(400);
});

test('all mails of many senders at once are kept', async () => {
  await Promise.all(Array.from({ length: 8 }, () => deliver({}, {}, {}, {}, {})));
  const ids = (await list()).map(({ id }) => id);
  expect(new Set(ids).size).toBe(40);
  expect(ids).toEqual([...ids].sort());
});

test('mails survive a restart, in their order, and new ones come behind', async () => {
  await deliver({ subject: 'one' }, { subject: 'two', to: ['bob@customer.example'] });
  const before = await list();
  await mailbox.stop();
  await open();
  expect(await list()).toEqual(before);
  await deliver({ subject: 'three' });
  expect(await subjects()).toEqual(['one', 'two', 'three']);
});

test('a summary that is lost or broken is made again, a half written mail is passed over', async () => {
  await deliver({ subject: 'one' }, { subject: 'two' });
  await mailbox.stop();
  const [first = '', second = ''] = (await readdir(dataDir)).filter((file) => file.endsWith('.json')).sort();
  await rm(path.join(dataDir, first));
  await writeFile(path.join(dataDir, second), '{"id":');
  await writeFile(path.join(dataDir, '0000000003.eml.part'), 'From: x');
  await open();
  expect(await subjects()).toEqual(['one', 'two']);
  expect((await list('?to=anna@customer.example')).length).toBe(2);
});

test('only the newest are kept', async () => {
  await mailbox.stop();
  await open({ maxMails: 3 });
  await deliver(...['1', '2', '3', '4', '5'].map((subject) => ({ subject })));
  expect(await subjects()).toEqual(['3', '4', '5']);
  expect((await readdir(dataDir)).length).toBe(6);
});

test('the mailbox can be emptied', async () => {
  await deliver({}, {});
  expect((await fetch(mailbox.apiUrl, { method: 'DELETE' })).status).toBe(204);
  expect(await list()).toEqual([]);
  expect(await readdir(dataDir)).toEqual([]);
});

test('one mail can be read with its headers, as source and as a file', async () => {
  await deliver({ headers: { 'X-Lowwater-Rule': 'client' } });
  const [{ id } = { id: '' }] = await list();
  const mail = await (await fetch(`${mailbox.apiUrl}/${id}`)).json();
  expect(mail).toMatchObject({ headers: expect.arrayContaining([{ name: 'X-Lowwater-Rule', value: 'client' }]) });
  const source = await fetch(`${mailbox.apiUrl}/${id}/source`);
  expect(source.headers.get('content-type')).toContain('text/plain');
  expect(await source.text()).toContain('X-Lowwater-Rule: client\r\n');
  expect((await fetch(`${mailbox.apiUrl}/${id}/eml`)).headers.get('content-disposition')).toContain(`${id}.eml`);
  for (const missing of [
    '/api/messages/9',
    '/api/messages/..%2F..%2Fetc%2Fpasswd',
    '/api/messages/9/source',
    '/messages/9/html',
    '/nothing',
  ]) {
    expect((await fetch(mailbox.httpUrl + missing)).status).toBe(404);
  }
});

test('the HTML of a mail is shown without scripts and without anything from elsewhere', async () => {
  await deliver({ html: '<html><head><title>x</title></head><body><script>alert(1)</script></body></html>' });
  const [{ id } = { id: '' }] = await list();
  const response = await fetch(`${mailbox.httpUrl}/messages/${id}/html`);
  const policy = response.headers.get('content-security-policy') ?? '';
  expect(policy).toContain("default-src 'none'");
  expect(policy).toContain('sandbox');
  expect(policy).not.toMatch(/allow-scripts|allow-same-origin|script-src/);
  expect(await response.text()).toContain('<head><base target="_blank">');
});

test('the page and its parts are served, under a policy that allows nothing inline', async () => {
  const page = await fetch(mailbox.httpUrl);
  expect(page.headers.get('content-security-policy')).toMatch(/default-src 'none'.*script-src 'self'/);
  const html = await page.text();
  expect(html).not.toMatch(/<script>|<style>|\son\w+=|\sstyle=/);
  for (const [, file = ''] of html.matchAll(/(?:src|href)="(\/[^"]+)"/g)) {
    expect((await fetch(mailbox.httpUrl + file)).status).toBe(200);
  }
  expect(await (await fetch(`${mailbox.httpUrl}/api/summary`)).json()).toEqual({
    smtpUrl: mailbox.smtpUrl,
    total: 0,
    oldest: null,
    newest: null,
    messages: [],
  });
});

test('a busy port is told with its remedy, and nothing is left running', async () => {
  const options = { smtpPort: 0, httpPort: mailbox.httpPort, dataDir, token };
  await expect(startMailbox(options)).rejects.toThrow(/Port \d+ for the mailbox \(page\) is in use\.\n.*--port/);
  await expect(startMailbox({ ...options, smtpPort: mailbox.smtpPort, httpPort: 0 })).rejects.toThrow(
    /mailbox \(SMTP\) is in use/,
  );
});

test('a client that goes away in the middle harms nobody', async () => {
  const socket = connect(mailbox.smtpPort, '127.0.0.1');
  await new Promise<void>((resolve) => socket.once('data', () => resolve()));
  socket.write('EHLO x\r\nMAIL FROM:<a@b.example>\r\nRCPT TO:<c@d.example>\r\nDATA\r\nhalf');
  await new Promise<void>((resolve) => socket.once('data', () => resolve()));
  socket.resetAndDestroy();
  await deliver({ subject: 'one' });
  expect(await subjects()).toEqual(['one']);
});
