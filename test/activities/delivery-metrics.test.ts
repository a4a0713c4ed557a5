import { MockActivityEnvironment } from '@temporalio/testing';
import { deliverActivities } from '../../src/activities/deliver.js';
import type { AbandonInput, DeliverResult } from '../../src/contract/deliveries.js';
import type { DeliveryOutcome } from '../../src/domain/monitoring/rule-state.js';
import { createMetrics, type Metrics } from '../../src/observability/metrics.js';
import {
  beginAttempt,
  claimNotification,
  endAttempt,
  markHandingOver,
  reopenNotification,
  type NotificationKey,
} from '../../src/storage/notifications.js';
import { testDeps } from '../support/activity-deps.js';
import { insertClient, insertOperator } from '../support/clients.js';
import { createTestDatabase, type TestDatabase } from '../support/postgres.js';

/** Each delivery is counted once, at the moment that it ends, however it ends. */

let database: TestDatabase;
let clientId: string;
let metrics: Metrics;
let activities: ReturnType<typeof deliverActivities>;
const environment = new MockActivityEnvironment();

beforeAll(async () => {
  database = await createTestDatabase();
  await insertOperator(database.sql);
  clientId = await insertClient(database.sql, Date.now());
}, 60_000);
afterAll(() => database?.drop());
beforeEach(() => {
  metrics = createMetrics({ process: false });
  activities = deliverActivities(testDeps(database.sql, { metrics }));
});

let episodes = 0;

/** A mail that was claimed and whose attempt came as far as the story wants. */
async function mailUntil(state: 'claimed' | 'retrying' | 'handing_over'): Promise<NotificationKey & { id: string }> {
  const { sql } = database;
  const key = { clientId, rule: 'advanced:idle', episode: ++episodes, number: 1 };
  const { id } = await claimNotification(sql, {
    ...key,
    ...{ kind: 'low_balance', max: null, checkAtMs: Date.now(), recipients: ['billing@acme.example'] },
    ...{ available: '40', currency: 'USD', variables: {}, template: 'built-in', locale: 'en' },
    ...{ subject: 'Low', html: '<p>Low</p>', text: 'Low', messageId: `<metrics-${episodes}@lowwater.test>` },
  });
  if (state === 'claimed') return { ...key, id };
  const attempt = (await beginAttempt(sql, id)) ?? 0;
  if (state === 'retrying') await endAttempt(sql, id, attempt, { outcome: 'refused', code: 451, reply: 'later' });
  else await markHandingOver(sql, id, attempt);
  return { ...key, id };
}

function abandon({ id: _id, ...key }: NotificationKey & { id: string }, why: AbandonInput['why']): Promise<unknown> {
  const work = (): Promise<DeliveryOutcome> => activities.abandonDelivery({ ...key, why });
  return environment.run<[], DeliveryOutcome, typeof work>(work);
}

async function counted(): Promise<Record<string, number>> {
  const { values } = await metrics.notifications.get();
  return Object.fromEntries(values.map(({ labels, value }) => [`${labels.audience} ${labels.outcome}`, value]));
}

test.each(['claimed', 'retrying'] as const)(
  'a mail that is still %s when its time is over has failed',
  async (state) => {
    const mail = await mailUntil(state);
    expect(await abandon(mail, 'time_over')).toBe('failed');
    // The activity is tried again when its answer was lost.
    expect(await abandon(mail, 'time_over')).toBe('failed');
    expect(await counted()).toEqual({ 'advanced failed': 1 });
  },
);

test('a mail whose data was out when its time was over is uncertain, also when it was called off', async () => {
  expect(await abandon(await mailUntil('handing_over'), 'time_over')).toBe('uncertain');
  expect(await abandon(await mailUntil('handing_over'), 'episode_over')).toBe('uncertain');
  expect(await counted()).toEqual({ 'advanced uncertain': 2 });
});

test('a mail that was called off has not failed', async () => {
  expect(await abandon(await mailUntil('retrying'), 'episode_over')).toBe('failed');
  expect(await counted()).toEqual({});
});

test('a mail whose worker died after the data was out is uncertain, once', async () => {
  const { id: notificationId } = await mailUntil('handing_over');
  const work = (): Promise<DeliverResult> => activities.resendNotification({ notificationId, requestedBy: 'key:1' });
  for (let attempt = 0; attempt < 2; attempt += 1) {
    expect(await environment.run<[], DeliverResult, typeof work>(work)).toEqual({ outcome: 'uncertain' });
  }
  expect(await counted()).toEqual({ 'advanced uncertain': 1 });
});

test('a resend whose time is over has failed, and leaves an accepted mail accepted', async () => {
  const { id: notificationId } = await mailUntil('handing_over');
  const { sql } = database;
  const accepted = ['billing@acme.example'];
  await endAttempt(sql, notificationId, 1, { outcome: 'accepted', code: 250, reply: 'ok', accepted });
  await reopenNotification(sql, notificationId);
  const work = (): Promise<DeliveryOutcome> => activities.abandonResend({ notificationId });
  expect(await environment.run<[], DeliveryOutcome, typeof work>(work)).toBe('accepted');
  expect(await counted()).toEqual({ 'advanced failed': 1 });
});
