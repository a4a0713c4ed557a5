import { MockActivityEnvironment } from '@temporalio/testing';
import { deliverActivities } from '../../../src/activities/notifications/deliver.js';
import type { CreditNotificationInput, DeliverResult } from '../../../src/contract/deliveries.js';
import type { DeliveryOutcome } from '../../../src/domain/monitoring/rule-state.js';
import type { MailTransport } from '../../../src/mail/smtp/transport.js';
import { openDatabase } from '../../../src/storage/system/database.js';
import { testDeps } from '../../support/monitoring/activity-deps.js';
import {
  database,
  mail,
  client,
  noc,
  decidedAt,
  newClient,
  inputOf,
  deliver,
  rows,
  statusOf,
  sent,
  useDelivery,
} from '../../support/notifications/delivering.js';

useDelivery();

const owner = 'owner@operator.example';

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

test('a template in the syntax of the manual has both thresholds in warnings too, empty where they are off', async () => {
  const template = {
    ...{ reseller_id: '1', kind: 'low_funds_warning', name: 'Manual', html: '' },
    ...{ subject: "${client['balance_avail']} ${client['currency']}" },
    text: "client ${client['alert_threshold']}, admin ${client['alert_athreshold']}.",
  };
  await database.sql`insert into mail_templates ${database.sql(template)}`;
  const written = async (wish: Parameters<typeof newClient>[0], own: Record<string, unknown> = {}): Promise<string> => {
    const clientId = await newClient({ ...wish, warningThresholds: ['45.00'] });
    if (Object.keys(own).length > 0) await database.sql`update clients set ${database.sql(own)} where id = ${clientId}`;
    await deliver(inputOf(clientId, { rule: 'warning:45.00' }));
    const { subject, text } = mail.taken.at(-1) ?? {};
    return `${subject}: ${text}`;
  };
  expect(await written({})).toBe('40.00 USD: client 50.00, admin 100.00.');
  const own = { low_balance_threshold: '30', notify_client: true, notify_admin: false };
  expect(await written({}, own)).toBe('40.00 USD: client 30.00, admin 100.00.');
  expect(await written({ profile: null })).toBe('40.00 USD: client , admin .');
  expect(await written({ profile: { userThreshold: null } })).toBe('40.00 USD: client 50.00, admin .');
  await database.sql`delete from mail_templates`;
});

test('an owner without an address of its own is written to at the reseller', async () => {
  const clientId = await newClient();
  expect(await deliver(inputOf(clientId, { rule: 'user' }))).toBe('accepted');
  expect(sent()).toEqual([owner]);
});
