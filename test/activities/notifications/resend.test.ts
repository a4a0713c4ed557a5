import { MockActivityEnvironment } from '@temporalio/testing';
import { deliverActivities } from '../../../src/activities/notifications/deliver.js';
import type { DeliverResult } from '../../../src/contract/deliveries.js';
import { beginAttempt, endAttempt, markTransmitted } from '../../../src/storage/notifications/deliveries.js';
import { testDeps } from '../../support/monitoring/activity-deps.js';
import { insertClient, insertOperator } from '../../support/data/clients.js';
import { fakeMail } from '../../support/mail/fake-mail.js';
import { insertNotification } from '../../support/data/notifications.js';
import { createTestDatabase, type TestDatabase } from '../../support/database/postgres.js';

let database: TestDatabase;
const mail = fakeMail();
let clientId: string;

beforeAll(async () => {
  database = await createTestDatabase();
  await insertOperator(database.sql);
  clientId = await insertClient(database.sql, Date.now());
}, 60_000);
afterAll(() => database?.drop());
beforeEach(() => {
  mail.mode = 'accept';
});

let notifications = 0;

/** A delivery that has ended as the test wants. */
async function endedDelivery(outcome: 'accepted' | 'uncertain' | 'refused_for_good'): Promise<string> {
  const { sql } = database;
  const number = ++notifications;
  const wish = { clientId, number, status: 'claimed', messageId: `resend-${number}@lowwater.test` } as const;
  const [id = ''] = (await insertNotification(sql, wish)).deliveries;
  const attempt = (await beginAttempt(sql, id))?.attempts ?? 0;
  await markTransmitted(sql, id, attempt);
  await endAttempt(sql, id, attempt, { outcome, code: null, reply: '' });
  return id;
}

async function resend(deliveryId: string): Promise<string> {
  const activities = deliverActivities(testDeps(database.sql, { mail }));
  const environment = new MockActivityEnvironment();
  await environment.run(activities.prepareResend, { deliveryId });
  const send = (): Promise<DeliverResult> => activities.resendDelivery({ deliveryId, requestedBy: 'key:1' });
  const { outcome } = await environment.run<[], DeliverResult, typeof send>(send);
  return outcome;
}

async function statusOf(id: string): Promise<string | undefined> {
  const [row] = await database.sql<{ status: string }[]>`
    select d.status || ' of ' || n.status as status from deliveries d join notifications n on n.id = d.notification_id
    where d.id = ${id}`;
  return row?.status;
}

test.each(['accepted', 'uncertain', 'refused_for_good'] as const)(
  'a delivery that ended as %s goes out once more under its Message-ID',
  async (before) => {
    const id = await endedDelivery(before);
    expect(await resend(id)).toBe('accepted');
    expect(mail.taken.at(-1)?.messageId).toBe(`<resend-${notifications}@lowwater.test>`);
    expect(await statusOf(id)).toBe('accepted of accepted');
    const attempts =
      await database.sql`select attempt, requested_by from delivery_attempts where delivery_id = ${id} order by 1`;
    expect(attempts.map((row) => row['requested_by'])).toEqual([null, 'key:1']);
  },
);

test('a resend that is refused for good leaves an accepted delivery accepted and an uncertain one uncertain', async () => {
  const accepted = await endedDelivery('accepted');
  const uncertain = await endedDelivery('uncertain');
  const failed = await endedDelivery('refused_for_good');
  mail.mode = 'refuse-permanent';
  for (const id of [accepted, uncertain, failed]) await resend(id);
  expect(await Promise.all([accepted, uncertain, failed].map(statusOf))).toEqual([
    'accepted of accepted',
    'uncertain of uncertain',
    'failed of failed',
  ]);
});

test('a resend goes to its own recipient only', async () => {
  const number = ++notifications;
  const to = ['anna@client.example', 'bob@client.example'];
  const { deliveries } = await insertNotification(database.sql, {
    clientId,
    number,
    to,
    status: ['accepted', 'failed'],
  });
  const before = mail.taken.length;
  expect(await resend(deliveries[1] ?? '')).toBe('accepted');
  expect(mail.taken.slice(before).map((sent) => sent.to)).toEqual([['bob@client.example']]);
});

test('a delivery in progress is not made ready a second time', async () => {
  const id = await endedDelivery('uncertain');
  await database.sql`update deliveries set status = 'sending', ended_at = null where id = ${id}`;
  await expect(resend(id)).rejects.toMatchObject({ type: 'conflict', nonRetryable: true });
});
