import { readBounces } from '../../../src/activities/notifications/read-bounces.js';
import { createBounceMailbox, maxReadBytes, type BounceMailbox } from '../../../src/mail/bounces/bounce-mailbox.js';
import { nullLogger } from '../../../src/observability/logger.js';
import type { BouncesReport } from '../../../src/contract/fleet.js';
import type { Sql } from '../../../src/storage/system/database.js';
import { insertClient, insertOperator } from '../../support/data/clients.js';
import { insertNotification } from '../../support/data/notifications.js';
import { createTestDatabase, type TestDatabase } from '../../support/database/postgres.js';
import { bounceSamples, delayed, hostileMessages, to } from '../../support/mail/bounce-corpus.js';
import { startImap, type TestImap } from '../../support/mail/imap.js';

/** The mailbox for bounces, on a real IMAP server. */

let database: TestDatabase;
let sql: Sql;
let imap: TestImap;
let serial = 0;

beforeAll(async () => {
  database = await createTestDatabase();
  sql = database.sql;
  await insertOperator(sql);
}, 60_000);
afterAll(() => database?.drop());
beforeEach(async () => {
  imap = await startImap();
});
afterEach(() => imap.stop());

const mailboxAt = (url: string, more: object = {}): BounceMailbox =>
  createBounceMailbox({ url, folder: 'INBOX', doneFolder: 'Done', ...more });
const read = (mailbox = mailboxAt(imap.url)): Promise<BouncesReport> =>
  readBounces({
    ...{ sql, mailbox, logger: nullLogger },
    returns: { address: 'bounces+{id}@operator.example', mailDomain: 'lowwater.test' },
  });

/** An email to `to` that a server has accepted. */
async function sent(): Promise<{ readonly clientId: string; readonly id: string; readonly local: string }> {
  const clientId = await insertClient(sql, Date.now());
  const local = `b${(serial += 1)}`;
  await insertNotification(sql, { clientId, to: [to], messageId: `${local}@lowwater.test` });
  return { clientId, id: `<${local}@lowwater.test>`, local };
}

const bounceOf = async (clientId: string): Promise<unknown> => {
  const [row] = await sql`
    select d.bounce_status as status, d.bounce_detail as detail from deliveries d
      join notifications n on n.id = d.notification_id where n.client_id = ${clientId} and d.bounced_at is not null`;
  return row ?? null;
};
const times = async (): Promise<number> => {
  const [row] = await sql<{ times: number }[]>`select sum(times)::int as times from bounced_addresses`;
  return row?.times ?? 0;
};
const failures = async (): Promise<unknown[]> => [
  ...(await sql`select data, resolved_at is not null as "isResolved" from events where kind = 'mailbox.failing' order by id`),
];

test.each(bounceSamples)('a bounce of $name marks its delivery', async ({ raw, status, detail }) => {
  const { clientId, id } = await sent();
  imap.deliver(raw(id));
  expect(await read()).toEqual({ messages: 1, bounces: 1, flagged: 0, left: 0 });
  expect(await bounceOf(clientId)).toEqual({ status, detail: expect.stringMatching(detail) });
  expect([imap.folder('INBOX'), imap.folder('Done')]).toMatchObject([[], [{ flags: ['\\Seen'] }]]);
});

test('an address of its own for each email says which came back, when nothing of it is quoted', async () => {
  const { clientId, local } = await sent();
  const [{ raw }] = bounceSamples.filter(({ name }) => name === 'Postfix') as [(typeof bounceSamples)[0]];
  imap.deliver(`Delivered-To: Bounces+${local}@operator.example\r\n${raw('<other@other.example>')}`);
  expect(await read()).toMatchObject({ bounces: 1 });
  expect(await bounceOf(clientId)).toMatchObject({ status: '5.1.1' });
});

test('a delay is moved away and records nothing', async () => {
  const { clientId, id } = await sent();
  imap.deliver(delayed(id));
  expect(await read()).toEqual({ messages: 1, bounces: 0, flagged: 0, left: 0 });
  expect(await bounceOf(clientId)).toBeNull();
  expect(imap.folder('Done')).toHaveLength(1);
});

test('what is no bounce of ours is flagged for a person, marks no address, and is read once', async () => {
  const before = await times();
  const all = Object.values(hostileMessages);
  for (const raw of all) imap.deliver(raw);
  const { id, clientId } = await sent();
  imap.deliver(bounceSamples[0]?.raw(id) ?? '');
  expect(await read()).toEqual({ messages: all.length + 1, bounces: 1, flagged: all.length, left: 0 });
  expect(await bounceOf(clientId)).not.toBeNull();
  expect(await times()).toBe(before + 1);
  expect(imap.folder('INBOX').map(({ flags }) => [...flags].sort())).toEqual(all.map(() => ['\\Flagged', '\\Seen']));
  expect(await read()).toMatchObject({ messages: 0 });
});

test('of an email larger than the limit only the beginning is read', async () => {
  const { clientId, id } = await sent();
  imap.deliver(
    `${bounceSamples[0]?.raw(id).replace('--=_B--', '')}${'x'.repeat(80)}\r\n`.padEnd(maxReadBytes * 4, 'y'),
  );
  expect(await read()).toMatchObject({ bounces: 1 });
  expect(await bounceOf(clientId)).toMatchObject({ status: '5.1.1' });
});

test('a worker that dies between the record and the mark reads the email again, and counts it once', async () => {
  const { clientId, id } = await sent();
  const before = await times();
  imap.deliver(bounceSamples[0]?.raw(id) ?? '');
  imap.breakOff('UID STORE');
  await expect(read()).rejects.toThrow(/can’t be marked as read/);
  expect(await bounceOf(clientId)).not.toBeNull();
  // Sent again since: the old report is not about that.
  await sql`update deliveries set bounced_at = null, bounce_status = null, bounce_detail = null where message_id = ${id}`;
  expect(await read()).toEqual({ messages: 1, bounces: 0, flagged: 0, left: 0 });
  expect([await bounceOf(clientId), await times()]).toEqual([null, before + 1]);
  expect(imap.folder('Done')).toHaveLength(1);
});

test('a database that fails leaves the email unread, and is not the fault of the mailbox', async () => {
  const open = (await failures()).length;
  imap.deliver(bounceSamples[0]?.raw('<x@lowwater.test>') ?? '');
  const broken = mailboxAt(imap.url);
  const failing = {
    ...broken,
    read: (_: unknown, options: { limit: number }) => broken.read(() => Promise.reject(new Error('database')), options),
  };
  await expect(read(failing)).rejects.toThrow('database');
  expect(imap.folder('INBOX')[0]?.flags).toEqual([]);
  expect(await failures()).toHaveLength(open);
});

test('a mailbox that cannot be read has one open event, until it is read', async () => {
  const wrong = mailboxAt(imap.url.replace('hush', 'wrong'));
  await expect(read(wrong)).rejects.toThrow(/login refused/);
  const silent = mailboxAt(imap.url.replace(String(imap.port), '1'));
  await expect(read(silent)).rejects.toThrow(/ECONNREFUSED/);
  const open = (await failures()).at(-1);
  expect(open).toMatchObject({
    isResolved: false,
    data: { mailbox: '127.0.0.1/INBOX', reason: expect.stringMatching(/^login refused/) },
  });
  expect(JSON.stringify(open)).not.toMatch(/hush|wrong/);
  await expect(mailboxAt(imap.url, { folder: 'Nowhere' }).verify()).rejects.toThrow(
    /the folder Nowhere can’t be opened/,
  );
  await read();
  expect(await failures()).toEqual([
    expect.objectContaining({ isResolved: true }),
    expect.objectContaining({ isResolved: true }),
  ]);
});

test('a folder to move to that is missing says so, and nothing is read twice', async () => {
  const { id } = await sent();
  imap.deliver(bounceSamples[0]?.raw(id) ?? '');
  await expect(read(mailboxAt(imap.url, { doneFolder: 'Nowhere' }))).rejects.toThrow(
    /can’t be moved to the folder Nowhere/,
  );
  expect(await read()).toMatchObject({ messages: 0 });
});

test.each([
  ['https://mail.example', 'it must begin with imap:// or imaps://'],
  ['imaps://mail.example', 'it has no user and password'],
])('%s is refused', (url, reason) => {
  expect(() => createBounceMailbox({ url, folder: 'INBOX' })).toThrow(reason);
});
