import { nullLogger } from '../../../src/observability/logger.js';
import { emailStaff } from '../../../src/activities/events/staff-emails.js';
import { startMailer } from '../../../src/activities/start-mailer.js';
import { sourceEvents, type SourceEvents } from '../../../src/activities/events/source-events.js';
import type { Sql } from '../../../src/storage/system/database.js';
import { raiseEvent, raiseEvents } from '../../../src/storage/events/raise-event.js';
import { resolveOpenEvents } from '../../../src/storage/events/resolve-event.js';
import { insertClient, insertOperator } from '../../support/data/clients.js';
import { insertEvent } from '../../support/data/events.js';
import { fakeMail, type FakeMail } from '../../support/mail/fake-mail.js';
import { createTestDatabase, type TestDatabase } from '../../support/database/postgres.js';

let database: TestDatabase;
let sql: Sql;
let mail: FakeMail;
beforeEach(async () => {
  database = await createTestDatabase();
  sql = database.sql;
  mail = fakeMail();
  await insertOperator(sql);
}, 60_000);
afterEach(() => database?.drop());

const settings = { staffEmail: 'staff@operator.example', mailDomain: 'lowwater.test', publicUrl: 'https://l.example/' };
const email = (): Promise<number> => emailStaff({ sql, mail, logger: nullLogger, settings });
const subjects = (): string[] => mail.taken.map(({ subject }) => subject);

function rateEvent(pair: string): Parameters<typeof raiseEvent>[1] {
  const [from = '', to = ''] = pair.split('/');
  return {
    kind: 'rate.missing',
    cause: pair,
    subjectId: pair,
    clientId: null,
    resellerId: null,
    data: { from, to },
    atMs: Date.UTC(2026, 2, 1),
  };
}

const resolveRate = (pair: string): Promise<void> =>
  resolveOpenEvents(sql, { kind: 'rate.missing', cause: pair }, { reason: 'there', at: new Date() });
const hourLater = (): Promise<unknown> => sql`update events set emailed_at = emailed_at - interval '61 minutes'`;

describe('staff', () => {
  test('is emailed once per cause until it is resolved', async () => {
    await raiseEvents(sql, [rateEvent('EUR/USD'), rateEvent('GBP/USD')]);
    expect(await email()).toBe(2);
    await raiseEvent(sql, rateEvent('EUR/USD'));
    await hourLater();
    expect(await email()).toBe(0);
    expect(mail.taken).toEqual([
      {
        to: [settings.staffEmail],
        messageId: expect.stringMatching(/^<event-\d+@lowwater.test>$/),
        subject: 'Lowwater: Missing exchange rate',
        text: expect.stringContaining('Add an exchange rate from EUR to USD.'),
        attachments: [],
      },
      {
        to: [settings.staffEmail],
        messageId: expect.stringMatching(/^<event-\d+@lowwater.test>$/),
        subject: 'Lowwater: Missing exchange rate',
        text: expect.stringContaining('Add an exchange rate from GBP to USD.'),
        attachments: [],
      },
    ]);
  });

  test('is emailed again when the cause returns, not within an hour', async () => {
    await raiseEvent(sql, rateEvent('EUR/USD'));
    await email();
    await resolveRate('EUR/USD');
    await raiseEvent(sql, rateEvent('EUR/USD'));
    expect(await email()).toBe(0);
    await hourLater();
    expect(await email()).toBe(1);
    expect(new Set(mail.taken.map(({ messageId }) => messageId)).size).toBe(2);
  });

  test('is emailed once that a cause has ended, after it was emailed about it', async () => {
    await raiseEvent(sql, rateEvent('EUR/USD'));
    await email();
    await resolveRate('EUR/USD');
    expect(await email()).toBe(1);
    expect(await email()).toBe(0);
    expect(subjects()).toEqual(['Lowwater: Missing exchange rate', 'Lowwater: resolved: Missing exchange rate']);
    expect(mail.taken[1]?.text).toContain('No action is needed.');
  });

  test('is not emailed that a cause has ended while it is back, nor about what a person resolved', async () => {
    await raiseEvent(sql, rateEvent('EUR/USD'));
    await email();
    await resolveRate('EUR/USD');
    await raiseEvent(sql, rateEvent('EUR/USD'));
    expect(await email()).toBe(0);
    await resolveRate('EUR/USD');
    expect(await email()).toBe(1);
    await raiseEvent(sql, rateEvent('GBP/USD'));
    await email();
    await sql`update events set resolved_at = now(), resolved_by = 'user:1' where resolved_at is null`;
    expect(await email()).toBe(0);
    expect(subjects().filter((subject) => subject.includes('resolved'))).toHaveLength(1);
  });

  test('gets the end of a cause later where the server refuses it for now', async () => {
    await raiseEvent(sql, rateEvent('EUR/USD'));
    await email();
    await resolveRate('EUR/USD');
    mail.mode = 'refuse';
    expect(await email()).toBe(0);
    mail.mode = 'accept';
    expect(await email()).toBe(0);
    await sql`update events set email_lease_until = email_lease_until - interval '2 minutes'`;
    expect(await email()).toBe(1);
  });

  test('is not emailed about what is resolved already', async () => {
    await raiseEvent(sql, rateEvent('EUR/USD'));
    await resolveRate('EUR/USD');
    expect(await email()).toBe(0);
  });

  test('gets one email about many payments that are refused alike', async () => {
    const clientId = await insertClient(sql, Date.now());
    for (let n = 0; n < 25; n++) await insertEvent(sql, { clientId, paymentId: `p-${n}` });
    expect(await email()).toBe(1);
    await insertEvent(sql, { clientId, paymentId: 'later' });
    expect(await email()).toBe(0);
    await hourLater();
    expect(await email()).toBe(1);
    expect(subjects()).toEqual(['Lowwater: Payment rejected (25)', 'Lowwater: Payment rejected']);
    expect(await sql`select 1 from events where emailed_at is null`).toHaveLength(0);
  });

  test('gets an email that was refused for now later, under the same Message-ID', async () => {
    await raiseEvent(sql, rateEvent('EUR/USD'));
    mail.mode = 'refuse';
    expect(await email()).toBe(0);
    mail.mode = 'accept';
    expect(await email()).toBe(0);
    await sql`update events set email_lease_until = email_lease_until - interval '2 minutes'`;
    expect(await email()).toBe(1);
    expect([mail.attempts, mail.taken.length]).toEqual([2, 1]);
  });

  test('gets no email twice from two workers', async () => {
    await raiseEvents(
      sql,
      ['EUR', 'GBP', 'PLN', 'CHF'].map((from) => rateEvent(`${from}/USD`)),
    );
    await Promise.all([email(), email(), email()]);
    await email();
    expect(mail.taken).toHaveLength(4);
    expect(new Set(mail.taken.map(({ messageId }) => messageId)).size).toBe(4);
  });

  test('is emailed by the worker while it runs', async () => {
    const failures: unknown[] = [];
    const mailer = startMailer(email, (error) => failures.push(error));
    await raiseEvent(sql, rateEvent('EUR/USD'));
    while (mail.taken.length === 0) await new Promise((resolve) => setImmediate(resolve));
    await mailer.stop();
    expect(failures).toEqual([]);
    expect(subjects()).toEqual(['Lowwater: Missing exchange rate']);
  });
});

describe('a balance source', () => {
  const silent = { onRead: () => undefined, onChange: () => undefined, onClient: () => undefined };
  const read = { source: 'http', seconds: 0.1, clients: 1, unknown: 0 };
  const states = async (): Promise<string[]> =>
    (
      await sql<{ line: string }[]>`
        select subject_id || ' ' || times || ' ' || (case when resolved_at is null then 'open' else 'resolved' end) as line
        from events where kind = 'source.failing' order by id`
    ).map(({ line }) => line);
  const down = (events: SourceEvents): void => {
    events.observer.onChange({ source: 'http', state: 'down', reason: 'HTTP 500' });
    events.observer.onRead({ ...read, unknown: 1 });
  };
  const up = (events: SourceEvents): void => {
    events.observer.onChange({ source: 'http', state: 'up' });
    events.observer.onRead(read);
  };

  test('that fails is one event per episode', async () => {
    const events = sourceEvents(sql, nullLogger, silent);
    down(events);
    events.observer.onRead({ ...read, unknown: 1 });
    await events.settled();
    expect(await states()).toEqual(['http 1 open']);
    up(events);
    await events.settled();
    expect(await states()).toEqual(['http 1 resolved']);
    down(events);
    await events.settled();
    expect(await states()).toEqual(['http 1 resolved', 'http 1 open']);
  });

  test('that answers a new process ends what the process before left open', async () => {
    const before = sourceEvents(sql, nullLogger, silent);
    down(before);
    await before.settled();
    const after = sourceEvents(sql, nullLogger, silent);
    after.observer.onRead(read);
    await after.settled();
    expect(await states()).toEqual(['http 1 resolved']);
  });

  test('is written at the next read where the database was away', async () => {
    const gate = { isOpen: false };
    const away = new Proxy(sql, {
      apply: (target, self, args: unknown[]) =>
        gate.isOpen ? (Reflect.apply(target, self, args) as unknown) : Promise.reject(new Error('database away')),
    });
    const events = sourceEvents(away, nullLogger, silent);
    down(events);
    await events.settled();
    expect(await states()).toEqual([]);
    gate.isOpen = true;
    events.observer.onRead({ ...read, unknown: 1 });
    await events.settled();
    expect(await states()).toEqual(['http 1 open']);
  });
});
