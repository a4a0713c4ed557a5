import { setImmediate as nextTurn } from 'node:timers/promises';
import { MockActivityEnvironment } from '@temporalio/testing';
import { deliverActivities } from '../../src/activities/notifications/deliver.js';
import type { ActivityDeps } from '../../src/activities/index.js';
import type { CreditNotificationInput, DeliverInput, DeliverResult } from '../../src/contract/deliveries.js';
import type { DeliveryOutcome } from '../../src/domain/monitoring/rule-state.js';
import type { MailTransport } from '../../src/mail/smtp/transport.js';
import { openDatabase } from '../../src/storage/system/database.js';
import { beginAttempt, endAttempt, markTransmitted } from '../../src/storage/notifications/deliveries.js';
import { testDeps } from '../support/activity-deps.js';
import { insertClient, insertOperator, type ClientWish } from '../support/clients.js';
import { fakeMail, type FakeMail } from '../support/fake-mail.js';
import { createTestDatabase, type TestDatabase } from '../support/postgres.js';

let database: TestDatabase;
let mail: FakeMail;

beforeAll(async () => {
  database = await createTestDatabase();
  await insertOperator(database.sql);
}, 60_000);
afterAll(() => database?.drop());
beforeEach(() => {
  mail = fakeMail();
});

const client = 'billing@acme.example';
const owner = 'owner@operator.example';
const noc = 'noc@operator.example';
const decidedAt = Date.parse('2026-03-02T10:00:00Z');

function newClient(wish: ClientWish = {}): Promise<string> {
  return insertClient(database.sql, decidedAt, wish);
}

function inputOf(clientId: string, changes: Partial<DeliverInput> = {}): DeliverInput {
  return {
    ...{ clientId, rule: 'client', episode: 1, number: 1, max: 2, decidedAt, nextCheckAt: decidedAt + 3_600_000 },
    ...{ available: '40', live: '40' },
    ...changes,
  };
}

/** Runs one attempt of the activity; the environment stands for the worker. */
async function deliver(
  input: DeliverInput,
  parts: Partial<ActivityDeps> = {},
  environment = new MockActivityEnvironment(),
): Promise<DeliveryOutcome> {
  const activities = deliverActivities(testDeps(database.sql, { mail, ...parts }));
  const work = (): Promise<DeliverResult> => activities.deliverNotification(input);
  return (await environment.run<[], DeliverResult, typeof work>(work)).outcome;
}

async function rows(clientId: string): Promise<string[]> {
  const found = await database.sql<{ line: string }[]>`
    select format('%s %s %s', d.recipient, d.status, d.attempts) as line
    from deliveries d join notifications n on n.id = d.notification_id
    where n.client_id = ${clientId} order by n.id, d.position`;
  return found.map(({ line }) => line);
}

async function statusOf(clientId: string): Promise<string | undefined> {
  const [row] = await database.sql<{ status: string }[]>`
    select status from notifications where client_id = ${clientId} order by id desc limit 1`;
  return row?.status;
}

const sent = (): string[] => mail.taken.map(({ to }) => to.join(', '));

describe('one message per recipient', () => {
  test('each has only its own address in To, and its own Message-ID', async () => {
    const clientId = await newClient({ profile: { emails: [noc] } });
    expect(await deliver(inputOf(clientId))).toBe('accepted');
    expect(mail.taken.map(({ to }) => to)).toEqual([[client], [noc]]);
    expect(new Set(mail.taken.map(({ messageId }) => messageId)).size).toBe(2);
    expect(await rows(clientId)).toEqual([`${client} accepted 1`, `${noc} accepted 1`]);
    expect(await statusOf(clientId)).toBe('accepted');
  });

  test('is written in the language and the time zone of its reader', async () => {
    const { sql } = database;
    await sql`update resellers set timezone = 'Europe/Kyiv' where id = 1`;
    const clientId = await newClient({ profile: { emails: [noc, 'Anna@operator.example'] } });
    await sql`update clients set locale = 'uk', timezone = 'America/New_York' where id = ${clientId}`;
    await sql`
      insert into users (reseller_id, name, email, locale, timezone)
      values (1, 'Anna', 'anna@operator.example', 'uk', 'Asia/Tokyo')`;
    await deliver(inputOf(clientId));
    await sql`update resellers set timezone = 'UTC' where id = 1`;
    const lines = await sql<{ line: string }[]>`
      select format('%s %s %s', d.recipient, d.locale, d.timezone) as line
      from deliveries d join notifications n on n.id = d.notification_id
      where n.client_id = ${clientId} order by d.position`;
    expect(lines.map(({ line }) => line)).toEqual([
      `${client} uk America/New_York`,
      `${noc} en Europe/Kyiv`,
      'Anna@operator.example uk Asia/Tokyo',
    ]);
    const texts = new Map(mail.taken.map(({ to, text }) => [to[0], text]));
    expect(texts.get(client)).toContain('05:00');
    expect(texts.get(noc)).toContain('Checked: 2 Mar 2026, 12:00');
    expect(texts.get('Anna@operator.example')).toContain('19:00');
  });

  test('goes once to an address that the rule names twice, in the order role, users, extra addresses', async () => {
    const { sql } = database;
    const clientId = await newClient({ profile: { emails: [client.toUpperCase(), noc] } });
    const [user] = await sql<{ id: string }[]>`
      insert into users (reseller_id, name, email) values (1, 'Noc', 'NOC@operator.example') returning id`;
    const [off] = await sql<{ id: string }[]>`
      insert into users (reseller_id, name, email, status) values (1, 'Off', 'off@operator.example', 'disabled') returning id`;
    await sql`
      update profile_rules set user_ids = ${[off?.id ?? '', user?.id ?? '']}::bigint[]
      where profile_id = (select profile_id from clients where id = ${clientId})`;
    await deliver(inputOf(clientId));
    expect(await rows(clientId)).toEqual([`${client} accepted 1`, 'NOC@operator.example accepted 1']);
  });

  test('is not sent to anyone where no recipient is left', async () => {
    const clientId = await newClient({ billingEmail: null });
    expect(await deliver(inputOf(clientId))).toBe('failed');
    expect(await rows(clientId)).toEqual([]);
  });
});

describe('a recipient that is refused for now', () => {
  const two = { profile: { emails: [noc] } } as const;

  test('is retried alone: both have the message once', async () => {
    const clientId = await newClient(two);
    mail.modes.set(noc, 'refuse');
    await expect(deliver(inputOf(clientId))).rejects.toMatchObject({ type: 'email_refused', nonRetryable: false });
    expect(await statusOf(clientId)).toBe('retrying');
    mail.modes.clear();
    expect(await deliver(inputOf(clientId))).toBe('accepted');
    expect(sent()).toEqual([client, noc]);
    expect(await rows(clientId)).toEqual([`${client} accepted 1`, `${noc} accepted 2`]);
  });

  test('does not wait for another whose server is slow', async () => {
    const clientId = await newClient(two);
    let answer = (): void => undefined;
    const slow = new Promise<void>((resolve) => (answer = resolve));
    mail.modes.set(noc, 'refuse');
    const transport: MailTransport = {
      ...mail,
      async send(message, hooks) {
        const result = await mail.send(message, hooks);
        if (message.to[0] === client) await slow;
        // Refused once, then accepted; only then does the slow server answer.
        else if (result.outcome === 'accepted') answer();
        else mail.modes.clear();
        return result;
      },
    };
    const settings = { ...testDeps(database.sql).settings, deliveryRetryMs: 1 };
    expect(await deliver(inputOf(clientId), { mail: transport, settings })).toBe('accepted');
    expect(sent()).toEqual([client, noc]);
  });

  test('the notification is accepted where one is and another is refused for good', async () => {
    const clientId = await newClient(two);
    mail.modes.set(noc, 'refuse-permanent');
    expect(await deliver(inputOf(clientId))).toBe('accepted');
    expect(await rows(clientId)).toEqual([`${client} accepted 1`, `${noc} failed 1`]);
    const [row] = await database.sql`select not_accepted from monitors where client_id = ${clientId}`;
    expect(row).toEqual({ not_accepted: 1 });
  });

  test('uncertain counts more than failed', async () => {
    const clientId = await newClient(two);
    mail.modes.set(noc, 'refuse-permanent').set(client, 'uncertain');
    expect(await deliver(inputOf(clientId))).toBe('uncertain');
    expect(await statusOf(clientId)).toBe('uncertain');
  });
});

describe('fencing', () => {
  test('a decision that has failed is not sent by a late attempt; a later decision sends the number', async () => {
    const clientId = await newClient();
    mail.mode = 'refuse-permanent';
    expect(await deliver(inputOf(clientId))).toBe('failed');
    mail.mode = 'accept';
    expect(await deliver(inputOf(clientId))).toBe('failed');
    expect(mail.taken).toEqual([]);
    expect(await deliver(inputOf(clientId, { decidedAt: decidedAt + 3_600_000 }))).toBe('accepted');
    expect(await rows(clientId)).toEqual([`${client} accepted 2`]);
    expect(await statusOf(clientId)).toBe('accepted');
  });

  test('an accepted or uncertain notification is never sent again', async () => {
    for (const mode of ['accept', 'uncertain'] as const) {
      const clientId = await newClient();
      mail.mode = mode;
      const outcome = await deliver(inputOf(clientId));
      const before = mail.taken.length;
      expect(await deliver(inputOf(clientId, { decidedAt: decidedAt + 3_600_000 }))).toBe(outcome);
      expect(mail.taken).toHaveLength(before);
    }
  });

  test('a worker that died before the end of the data is replaced; after it, the delivery is uncertain', async () => {
    for (const [isTransmitted, outcome, count] of [
      [false, 'accepted', 1],
      [true, 'uncertain', 0],
    ] as const) {
      const clientId = await newClient();
      const before = mail.taken.length;
      const dying: MailTransport = {
        ...mail,
        async send(message, hooks) {
          if (isTransmitted) await hooks.beforeEnd();
          throw new Error(`worker died while sending ${message.subject}`);
        },
      };
      await expect(deliver(inputOf(clientId), { mail: dying })).rejects.toThrow();
      expect(await deliver(inputOf(clientId))).toBe(outcome);
      expect(mail.taken).toHaveLength(before + count);
    }
  });

  test('an attempt that lives on cannot complete a message that a later attempt has taken over', async () => {
    const clientId = await newClient();
    let isTakenOver = false;
    const paused: MailTransport = {
      ...mail,
      async send(message, hooks) {
        if (!isTakenOver) {
          isTakenOver = true;
          expect(await deliver(inputOf(clientId))).toBe('accepted');
        }
        return mail.send(message, hooks);
      },
    };
    await expect(deliver(inputOf(clientId), { mail: paused })).rejects.toThrow();
    expect(sent()).toEqual([client]);
    expect(await rows(clientId)).toEqual([`${client} accepted 2`]);
  });

  test('an acceptance that comes after the delivery was called uncertain is recorded; a refusal is not', async () => {
    const { sql } = database;
    for (const [outcome, status] of [
      ['accepted', 'accepted'],
      ['refused', 'uncertain'],
    ] as const) {
      const clientId = await newClient();
      mail.mode = 'refuse';
      await expect(deliver(inputOf(clientId))).rejects.toThrow();
      const [row] = await sql<{ id: string }[]>`
        select d.id from deliveries d join notifications n on n.id = d.notification_id where n.client_id = ${clientId}`;
      const id = row?.id ?? '';
      const attempt = (await beginAttempt(sql, id))?.attempts ?? 0;
      await markTransmitted(sql, id, attempt);
      expect(await deliver(inputOf(clientId))).toBe('uncertain');
      await endAttempt(sql, id, attempt, { outcome, code: null, reply: '' });
      expect(await statusOf(clientId)).toBe(status);
    }
  });
});

describe('a cancelled activity', () => {
  test('breaks off what was not transmitted and ends what is pending', async () => {
    const clientId = await newClient({ profile: { emails: [noc] } });
    const environment = new MockActivityEnvironment();
    const stopping: MailTransport = {
      ...mail,
      async send(message, hooks) {
        if (message.to[0] === client) return mail.send(message, hooks);
        while (!(await rows(clientId)).includes(`${client} accepted 1`)) await nextTurn();
        environment.cancel('CANCELLED');
        expect(hooks.stop?.aborted).toBe(true);
        return { outcome: 'refused', permanent: false, code: null, reply: 'no longer to be sent' };
      },
    };
    await expect(deliver(inputOf(clientId), { mail: stopping }, environment)).rejects.toThrow('called off');
    expect(await rows(clientId)).toEqual([`${client} accepted 1`, `${noc} failed 2`]);
    expect(await statusOf(clientId)).toBe('accepted');
  });

  test('still reports a message that the server accepted', async () => {
    const clientId = await newClient();
    const environment = new MockActivityEnvironment();
    const accepting: MailTransport = {
      ...mail,
      async send(message, hooks) {
        const result = await mail.send(message, hooks);
        environment.cancel('CANCELLED');
        return result;
      },
    };
    expect(await deliver(inputOf(clientId), { mail: accepting }, environment)).toBe('accepted');
  });
});

describe('a notification of a temporary credit', () => {
  async function newGrant(clientId: string): Promise<string> {
    const [grant] = await database.sql<{ id: string }[]>`
      insert into temporary_credits (client_id, seq, request_id, amount, currency, valid_from, valid_until, status, reason,
        granted_by)
      values (${clientId}, 1, 'r1', 200, 'USD', '2026-03-01', '2026-03-09', 'active', 'holiday', 'user:1') returning id`;
    return grant?.id ?? '';
  }

  async function deliverCredit(clientId: string, changes: Partial<CreditNotificationInput>): Promise<DeliveryOutcome> {
    const grantId = await newGrant(clientId);
    const activities = deliverActivities(testDeps(database.sql, { mail }));
    const input = { clientId, grantId, seq: 1, kind: 'credit_granted', number: 1, at: decidedAt, ...changes } as const;
    const work = (): Promise<DeliverResult> => activities.deliverCreditNotification(input);
    return (await new MockActivityEnvironment().run<[], DeliverResult, typeof work>(work)).outcome;
  }

  test.each([
    ['credit_extended', 'Temporary credit extended: 200.00 USD until 9 Mar 2026'],
    ['credit_reduced', 'Temporary credit reduced: 200.00 USD until 9 Mar 2026'],
    ['credit_cancelled', 'Temporary credit canceled: 200.00 USD available'],
  ] as const)('%s', async (kind, subject) => {
    const clientId = await newClient();
    const before = { amount: '150', until: Date.parse('2026-03-07T00:00:00Z') };
    expect(await deliverCredit(clientId, { kind, number: 2, before })).toBe('accepted');
    expect(mail.taken[0]?.subject).toContain(subject);
    if (kind !== 'credit_cancelled') expect(mail.taken[0]?.text).toContain('Amount before: 150.00 USD');
  });

  test('is not sent to a deleted client', async () => {
    const clientId = await newClient();
    await database.sql`update clients set status = 'deleted' where id = ${clientId}`;
    expect(await deliverCredit(clientId, { kind: 'credit_cancelled' })).toBe('failed');
    expect(mail.attempts).toBe(0);
  });
});

describe('SQL statements', () => {
  test.each([
    [1, []],
    [2, [noc]],
    [4, [noc, 'a@operator.example', 'b@operator.example']],
  ])('at most 13, and 8 for each further recipient (%i)', async (count, emails) => {
    const clientId = await newClient({ profile: { emails, currency: 'EUR' } });
    const statements: string[] = [];
    const sql = openDatabase(database.url, { max: 1, onStatement: (text) => statements.push(text) });
    try {
      await sql`select 1`;
      statements.length = 0;
      expect(await deliver(inputOf(clientId), { sql })).toBe('accepted');
    } finally {
      await sql.end();
    }
    expect(mail.taken).toHaveLength(count);
    expect(statements.length).toBeGreaterThan(0);
    expect(statements.length).toBeLessThanOrEqual(13 + 8 * (count - 1));
  });
});

test('the number is bounded by the maximum of its row', async () => {
  const clientId = await newClient();
  await expect(deliver(inputOf(clientId, { number: 3, max: 2 }))).rejects.toMatchObject({ type: 'unavailable' });
  expect(mail.attempts).toBe(0);
});

test('an owner without an address of its own is written to at the reseller', async () => {
  const clientId = await newClient();
  expect(await deliver(inputOf(clientId, { rule: 'user' }))).toBe('accepted');
  expect(sent()).toEqual([owner]);
});
