import { MockActivityEnvironment } from '@temporalio/testing';
import { deliverActivities } from '../../../src/activities/notifications/deliver.js';
import type { AbandonInput, DeliverResult, NotificationKey } from '../../../src/contract/deliveries.js';
import type { DeliveryOutcome } from '../../../src/domain/monitoring/rule-state.js';
import { createMetrics, type Metrics } from '../../../src/observability/metrics.js';
import {
  beginAttempt,
  endAttempt,
  markTransmitted,
  reopenDelivery,
} from '../../../src/storage/notifications/deliveries.js';
import { testDeps } from '../../support/monitoring/activity-deps.js';
import { insertClient, insertOperator } from '../../support/data/clients.js';
import { insertNotification } from '../../support/data/notifications.js';
import { createTestDatabase, type TestDatabase } from '../../support/database/postgres.js';

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

interface Started {
  readonly key: NotificationKey;
  readonly deliveryId: string;
}

/** A delivery that was claimed and whose attempt came as far as the test wants. */
async function deliveryUntil(state: 'claimed' | 'retrying' | 'transmitted', to?: readonly string[]): Promise<Started> {
  const { sql } = database;
  const key = { clientId, rule: 'advanced:idle', episode: ++episodes, number: 1 };
  const { deliveries } = await insertNotification(sql, { ...key, status: 'claimed', ...(to && { to }) });
  const [deliveryId = ''] = deliveries;
  for (const id of state === 'claimed' ? [] : deliveries) {
    const attempt = (await beginAttempt(sql, id))?.attempts ?? 0;
    if (state === 'retrying') await endAttempt(sql, id, attempt, { outcome: 'refused', code: 451, reply: 'later' });
    else await markTransmitted(sql, id, attempt);
  }
  return { key, deliveryId };
}

function abandon({ key }: Started, why: AbandonInput['why']): Promise<DeliveryOutcome> {
  const work = (): Promise<DeliveryOutcome> => activities.abandonNotification({ ...key, why });
  return environment.run<[], DeliveryOutcome, typeof work>(work);
}

async function counted(): Promise<Record<string, number>> {
  const { values } = await metrics.deliveries.get();
  return Object.fromEntries(values.map(({ labels, value }) => [`${labels.audience} ${labels.outcome}`, value]));
}

test.each(['claimed', 'retrying'] as const)(
  'a delivery that is still %s when its time is over has failed',
  async (state) => {
    const started = await deliveryUntil(state);
    expect(await abandon(started, 'time_over')).toBe('failed');
    // The activity is tried again when its answer was lost.
    expect(await abandon(started, 'time_over')).toBe('failed');
    expect(await counted()).toEqual({ 'advanced failed': 1 });
  },
);

test('each recipient of a notification is counted', async () => {
  await abandon(await deliveryUntil('retrying', ['anna@client.example', 'bob@client.example']), 'time_over');
  expect(await counted()).toEqual({ 'advanced failed': 2 });
});

test('a delivery whose data was out when its time was over is uncertain, also when it was called off', async () => {
  expect(await abandon(await deliveryUntil('transmitted'), 'time_over')).toBe('uncertain');
  expect(await abandon(await deliveryUntil('transmitted'), 'called_off')).toBe('uncertain');
  expect(await counted()).toEqual({ 'advanced uncertain': 2 });
});

test('a delivery that was called off has not failed', async () => {
  expect(await abandon(await deliveryUntil('retrying'), 'called_off')).toBe('failed');
  expect(await counted()).toEqual({});
});

test('a delivery whose worker died after the data was out is uncertain, once', async () => {
  const { deliveryId } = await deliveryUntil('transmitted');
  const work = (): Promise<DeliverResult> => activities.resendDelivery({ deliveryId, requestedBy: 'key:1' });
  for (let attempt = 0; attempt < 2; attempt += 1) {
    expect(await environment.run<[], DeliverResult, typeof work>(work)).toEqual({ outcome: 'uncertain' });
  }
  expect(await counted()).toEqual({ 'advanced uncertain': 1 });
});

test('a resend whose time is over has failed, and leaves an accepted delivery accepted', async () => {
  const { deliveryId } = await deliveryUntil('transmitted');
  await endAttempt(database.sql, deliveryId, 1, { outcome: 'accepted', code: 250, reply: 'ok' });
  await reopenDelivery(database.sql, deliveryId);
  const work = (): Promise<DeliveryOutcome> => activities.abandonResend({ deliveryId });
  expect(await environment.run<[], DeliveryOutcome, typeof work>(work)).toBe('accepted');
  expect(await counted()).toEqual({ 'advanced failed': 1 });
});
