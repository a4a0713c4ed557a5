import { MockActivityEnvironment } from '@temporalio/testing';
import { deliverActivities } from '../../src/activities/deliver.js';
import type { ActivityDeps } from '../../src/activities/index.js';
import type { DeliverResult } from '../../src/contract/deliveries.js';
import { nullLogger } from '../../src/observability/logger.js';
import { claimNotification, endAttempt, beginAttempt, markHandingOver } from '../../src/storage/notifications.js';
import { fakeMail } from '../support/fake-mail.js';
import { createTestDatabase, type TestDatabase } from '../support/postgres.js';

let database: TestDatabase;
const mail = fakeMail();
let clientId: string;

beforeAll(async () => {
  database = await createTestDatabase();
  const { sql } = database;
  await sql`insert into resellers (id, kind, name, email, path) values (1, 'operator', 'Operator', 'o@operator.example', '{1}')`;
  const [client] = await sql<{ id: string }[]>`
    insert into clients (reseller_id, name, currency, balance_model) values (1, 'Acme', 'USD', 'prepaid') returning id`;
  clientId = client?.id ?? '';
});
afterAll(() => database.drop());

let mails = 0;

/** A mail that has ended as the story wants. */
async function endedMail(outcome: 'accepted' | 'uncertain' | 'refused_for_good'): Promise<string> {
  const { sql } = database;
  const number = ++mails;
  const row = await claimNotification(sql, {
    clientId,
    rule: 'client',
    episode: 1,
    number,
    kind: 'low_balance',
    max: null,
    checkAtMs: Date.now(),
    recipients: ['billing@acme.example'],
    available: '40',
    currency: 'USD',
    variables: {},
    template: 'built-in',
    locale: 'en',
    subject: 'Low',
    html: '<p>Low</p>',
    text: 'Low',
    messageId: `<resend-${number}@lowwater.test>`,
  });
  const attempt = (await beginAttempt(sql, row.id)) ?? 0;
  await markHandingOver(sql, row.id, attempt);
  const accepted = outcome === 'accepted' ? ['billing@acme.example'] : [];
  await endAttempt(sql, row.id, attempt, { outcome, code: null, reply: '', accepted });
  return row.id;
}

async function resend(notificationId: string): Promise<string> {
  const activities = deliverActivities({
    sql: database.sql,
    mail,
    logger: nullLogger,
  } as Partial<ActivityDeps> as ActivityDeps);
  const environment = new MockActivityEnvironment();
  await environment.run(activities.prepareResend, { notificationId });
  const send = (): Promise<DeliverResult> => activities.resendNotification({ notificationId, requestedBy: 'key:1' });
  const { outcome } = await environment.run<[], DeliverResult, typeof send>(send);
  return outcome;
}

async function statusOf(id: string): Promise<string | undefined> {
  const [row] = await database.sql<{ status: string }[]>`select status from notifications where id = ${id}`;
  return row?.status;
}

test.each(['accepted', 'uncertain', 'refused_for_good'] as const)(
  'a mail that ended as %s goes out once more under its Message-ID',
  async (before) => {
    mail.mode = 'accept';
    const id = await endedMail(before);
    expect(await resend(id)).toBe('accepted');
    expect(mail.taken.at(-1)?.messageId).toBe(`<resend-${mails}@lowwater.test>`);
    expect(await statusOf(id)).toBe('accepted');
    const attempts =
      await database.sql`select attempt, requested_by from notification_attempts where notification_id = ${id} order by 1`;
    expect(attempts.map((row) => row['requested_by'])).toEqual([null, 'key:1']);
  },
);

test('a resend that is refused for good leaves an accepted mail accepted and an uncertain one uncertain', async () => {
  const accepted = await endedMail('accepted');
  const uncertain = await endedMail('uncertain');
  const failed = await endedMail('refused_for_good');
  mail.mode = 'refuse-permanent';
  for (const id of [accepted, uncertain, failed]) await resend(id);
  expect(await Promise.all([accepted, uncertain, failed].map(statusOf))).toEqual(['accepted', 'uncertain', 'failed']);
});

test('a mail that is on its way is not made ready a second time', async () => {
  mail.mode = 'accept';
  const id = await endedMail('uncertain');
  await database.sql`update notifications set status = 'sending', ended_at = null where id = ${id}`;
  await expect(resend(id)).rejects.toMatchObject({ type: 'conflict', nonRetryable: true });
});
