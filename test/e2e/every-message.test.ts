import { readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import type { Sql } from '../../src/storage/system/database.js';
import { eventKindNames, eventKinds } from '../../src/domain/events/events.js';
import { mailKinds, mailKindSpecs, type MailKind } from '../../src/domain/notifications/mail-kinds.js';
import { raiseEvent } from '../../src/storage/events/raise-event.js';
import { openDatabase } from '../../src/storage/system/database.js';
import { causeEveryMail } from '../support/mail/every-mail.js';
import { startSmtpSink, type SmtpSink, type SunkMail } from '../support/mail/smtp.js';
import { makeDataDir, startLowwater, until, type RunningLowwater } from '../support/run/lowwater.js';
import { startReceiver, verify, type Receiver } from '../support/webhooks/receiver.js';

/**
 * What leaves the installation, at a real mail server and a real HTTP peer: each kind of email and each kind of webhook
 * event of the records. A new kind has to be caused here, too.
 */
jest.setTimeout(240_000);

const { dataDir, remove } = makeDataDir();
let running: RunningLowwater;
let sink: SmtpSink;
let receiver: Receiver;
let sql: Sql;

beforeAll(async () => {
  [sink, receiver] = await Promise.all([startSmtpSink(), startReceiver()]);
  running = await startLowwater(['--empty', '--port', '0', '--data-dir', dataDir], 'node', {
    ...{ SMTP_URL: sink.url, MAIL_FROM: 'Lowwater <billing@operator.example>', STAFF_EMAIL: 'staff@operator.example' },
    // An hour before the end of a temporary credit its client is notified.
    ...{ PUBLIC_URL: 'https://lowwater.example', WEBHOOK_ALLOW_LOOPBACK: 'true', CREDIT_WARNING_HOURS: '1' },
  });
  sql = openDatabase(running.ready.database);
});

afterAll(async () => {
  await sql?.end({ timeout: 5 });
  await running?.end('SIGTERM');
  await Promise.all([sink?.stop(), receiver?.stop()]);
  remove();
});

interface ListedNotification {
  readonly status: string;
  readonly deliveries: readonly {
    readonly to: string;
    readonly status: string;
    readonly failure: { readonly code: number } | null;
  }[];
}

/** The documents of the formats, which the messages of a running installation have, too. */
interface RecordedChannel {
  readonly format: string;
  readonly message: { readonly key: string };
  readonly connection: { readonly account: string; readonly token: string; readonly sender: string };
  readonly request: { readonly headers: Readonly<Record<string, string>>; readonly body: unknown };
}

const folder = path.join(__dirname, '..', 'cases', 'channels');
const recordedChannels = readdirSync(folder)
  .sort()
  .map((name) => JSON.parse(readFileSync(path.join(folder, name), 'utf8')) as RecordedChannel);

async function get<Body>(address: string): Promise<Body> {
  const headers = { authorization: `Bearer ${running.ready.apiKey}` };
  const response = await fetch(`${running.ready.api}${address}`, { headers });
  if (!response.ok) throw new Error(`GET ${address}: ${response.status} ${await response.text()}`);
  return (await response.json()) as Body;
}

async function post(address: string, body: object): Promise<Record<string, unknown>> {
  const response = await fetch(`${running.ready.api}${address}`, {
    method: 'POST',
    headers: { authorization: `Bearer ${running.ready.apiKey}`, 'content-type': 'application/json' },
    body: JSON.stringify(body),
  });
  if (!response.ok) throw new Error(`POST ${address}: ${response.status} ${await response.text()}`);
  return (await response.json()) as Record<string, unknown>;
}

// First: a template of the operator would be another subject.
test('a peer receives a message in each format, again after 503, and what it refuses for good shows as an outcome', async () => {
  const peer = await startReceiver();
  try {
    const recipients: { readonly channelId: unknown; readonly address: string | null }[] = [];
    for (const { format, connection } of recordedChannels) {
      const { account, token, sender } = connection;
      const url = `${peer.url}${format === 'sms_twilio' ? '' : `/${format}`}`;
      const { id } = await post('/v1/notification-channels', { name: format, format, url, account, token, sender });
      recipients.push({ channelId: id, address: format.startsWith('sms_') ? '+380501234567' : null });
    }
    let refusals = 0;
    peer.answer = (response, { path: asked }) => {
      if (asked.endsWith('/slack_webhook') && refusals++ === 0)
        response.writeHead(503, { 'retry-after': '1' }).end('busy');
      else if (asked.endsWith('/teams_workflow')) response.writeHead(410).end('gone');
      else response.writeHead(asked.endsWith('/Messages.json') ? 201 : 200).end('ok');
    };
    const profile = await post('/v1/profiles', {
      ...{ name: 'Channels', currency: 'USD', maxNotifications: 3 },
      userRule: { threshold: '50.00', emails: ['channels@operator.example'], channels: recipients },
    });
    const client = await post('/v1/clients', {
      ...{ name: 'A&B <Ltd>', currency: 'USD', openingBalance: '42.17', profileId: profile['id'] },
    });
    const notificationsOf = async (): Promise<readonly ListedNotification[]> =>
      (await get<{ data: ListedNotification[] }>(`/v1/notifications?clientId=${String(client['id'])}`)).data;
    await until('all deliveries have ended', async () => (await notificationsOf())[0]?.status === 'accepted', 90_000);
    const [notification, ...others] = await notificationsOf();
    expect(others).toEqual([]);
    expect(notification?.deliveries.map(({ to, status, failure }) => [to, status, failure?.code ?? null])).toEqual([
      ['channels@operator.example', 'accepted', null],
      ...recordedChannels.map(({ format }) => [
        expect.stringContaining(format),
        format === 'teams_workflow' ? 'failed' : 'accepted',
        format === 'teams_workflow' ? 410 : null,
      ]),
    ]);
    for (const { format, request, message } of recordedChannels) {
      const ofFormat = peer.received.filter(({ path: asked }) =>
        asked.endsWith(format === 'sms_twilio' ? '/Messages.json' : `/${format}`),
      );
      expect([format, ofFormat.length]).toEqual([format, format === 'slack_webhook' ? 2 : 1]);
      for (const { text, body, headers } of ofFormat) {
        const key = String(headers['idempotency-key'] ?? '');
        const recorded = JSON.stringify(request.body)
          .replaceAll('/clients/7', `/clients/${String(client['id'])}`)
          .replaceAll(JSON.stringify(message.key).slice(1, -1), key);
        expect(typeof request.body === 'string' ? text : body).toEqual(JSON.parse(recorded));
        for (const name of ['content-type', 'authorization']) expect(headers[name]).toBe(request.headers[name]);
      }
    }
  } finally {
    await peer.stop();
  }
});

describe('a mail server receives', () => {
  let caused: Awaited<ReturnType<typeof causeEveryMail>>;
  const received = new Map<MailKind, SunkMail>();

  beforeAll(async () => {
    let seen = sink.messages.length;
    caused = await causeEveryMail({ api: running.ready.api, apiKey: running.ready.apiKey, sql });
    // The kind of an email that has arrived is that of the row it was sent from.
    await until(
      'each kind of email has arrived',
      async () => {
        for (; seen < sink.messages.length; seen++) {
          const mail = sink.messages[seen];
          const kind = mail && (await kindOf(mail));
          if (mail && kind && !received.has(kind)) received.set(kind, mail);
        }
        return mailKinds.every((kind) => received.has(kind));
      },
      120_000,
    ).catch((error: unknown) => {
      const missing = mailKinds.filter((kind) => !received.has(kind));
      throw new Error(`${String(error)}; missing: ${missing.join(', ')}`);
    });
  });
  afterAll(() => caused?.stop());

  async function kindOf({ messageId }: SunkMail): Promise<MailKind | null> {
    if (messageId.startsWith('<event-resolved-')) return 'staff_recovery';
    if (messageId.startsWith('<event-')) return 'staff_event';
    const account = /^<account-(\d+)-/.exec(messageId)?.[1] ?? null;
    const [row] = await sql<{ kind: MailKind }[]>`
      select kind from account_emails where id = ${account}
      union all
      select n.kind from deliveries d join notifications n on n.id = d.notification_id where d.message_id = ${messageId}`;
    return row?.kind ?? null;
  }

  test.each(mailKinds)('an email of the kind %s, whole', (kind) => {
    const mail = received.get(kind);
    if (!mail) throw new Error(`no email of the kind ${kind} arrived`);
    expect(mail.from).toBe('billing@operator.example');
    expect(mail.headerTo).toEqual(mail.to);
    expect(mail.to).toHaveLength(1);
    expect(mail.messageId).toMatch(/^<[^<>\s]+@[^<>\s]+>$/);
    expect(mail.date).toBeInstanceOf(Date);
    expect(mail.headers).toMatchObject({
      'mime-version': expect.stringContaining('1.0'),
      'auto-submitted': expect.stringContaining('auto-generated'),
    });
    expect(mail.raw).toMatch(/Content-Type: multipart\/alternative/i);
    for (const part of [mail.subject, mail.text, mail.html]) {
      expect(part.trim()).not.toBe('');
      expect(part).not.toMatch(/\$\{|\{\{|undefined|\bnull\b|\[object|\bNaN\b/);
    }
    // The invoice comes with its document.
    expect(/application\/pdf/i.test(mail.raw)).toBe(mailKindSpecs[kind].cause === 'invoice');
  });

  test('the variables of the manuals, filled', () => {
    const textOf = (kind: MailKind): string => received.get(kind)?.text.trim() ?? '';
    expect(textOf('company_balance')).toBe('Carrier One has -5.00');
    expect(textOf('low_balance')).toBe('-7.50 USD, client 25.00, administrator 40.00');
    expect(textOf('invoice').split('|')).toEqual([
      ...[expect.stringMatching(/\d/), 'outgoing', '120.00', expect.stringMatching(/\d/), expect.stringMatching(/\d/)],
      ...[
        expect.stringMatching(/\d/),
        expect.stringMatching(/\d/),
        'March traffic',
        'UTC',
        expect.stringMatching(/\w/),
      ],
      ...['Kind invoice', 'USD'],
    ]);
  });
});

test('a peer receives each kind of event, signed, with what the log says', async () => {
  const endpoint = await post('/v1/webhook-endpoints', { name: 'Peer', url: receiver.url, kinds: null });
  for (const kind of eventKindNames) {
    const data = Object.fromEntries(Object.keys(eventKinds[kind].fields).map((name) => [name, `${name} of ${kind}`]));
    const about = { subjectId: `4711 ${kind}`, clientId: null, resellerId: null };
    await raiseEvent(sql, { kind, cause: 'every-message', ...about, data, atMs: Date.now() });
  }
  const ofTest = () =>
    receiver.received.filter(({ body }) => String((body.data['subject'] as { id?: string }).id).startsWith('4711 '));
  await until('each kind of event has arrived', () => ofTest().length >= eventKindNames.length, 60_000);

  expect(
    ofTest()
      .map(({ body }) => body.type)
      .sort(),
  ).toEqual([...eventKindNames].sort());
  for (const message of ofTest()) {
    const { severity, title, subjectType } = eventKinds[message.body.type as keyof typeof eventKinds];
    expect(() => verify(String(endpoint['secret']), message)).not.toThrow();
    expect(message.headers).toMatchObject({ 'content-type': expect.stringContaining('application/json') });
    expect(message.body.data).toMatchObject({
      ...{
        severity,
        title,
        status: 'open',
        sequence: 1,
        subject: { type: subjectType, id: `4711 ${message.body.type}` },
      },
      detail: expect.stringMatching(/\w/),
    });
  }
});
