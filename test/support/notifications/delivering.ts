import { MockActivityEnvironment } from '@temporalio/testing';
import { deliverActivities } from '../../../src/activities/notifications/deliver.js';
import type { ActivityDeps } from '../../../src/activities/index.js';
import type { DeliverInput, DeliverResult } from '../../../src/contract/deliveries.js';
import type { DeliveryOutcome } from '../../../src/domain/monitoring/rule-state.js';
import { testDeps } from '../monitoring/activity-deps.js';
import { insertClient, insertOperator, type ClientWish } from '../data/clients.js';
import { fakeMail, type FakeMail } from '../mail/fake-mail.js';
import { createTestDatabase, type TestDatabase } from '../database/postgres.js';

export let database: TestDatabase;
export let mail: FakeMail;

export const client = 'billing@acme.example';

export const noc = 'noc@operator.example';

export const decidedAt = Date.parse('2026-03-02T10:00:00Z');

export function newClient(wish: ClientWish = {}): Promise<string> {
  return insertClient(database.sql, decidedAt, wish);
}

export function inputOf(clientId: string, changes: Partial<DeliverInput> = {}): DeliverInput {
  return {
    ...{ clientId, rule: 'client', episode: 1, number: 1, max: 2, decidedAt, nextCheckAt: decidedAt + 3_600_000 },
    ...{ available: '40', live: '40' },
    ...changes,
  };
}

/** Runs one attempt of the activity; the environment replaces the worker. */
export async function deliver(
  input: DeliverInput,
  parts: Partial<ActivityDeps> = {},
  environment = new MockActivityEnvironment(),
): Promise<DeliveryOutcome> {
  const activities = deliverActivities(testDeps(database.sql, { mail, ...parts }));
  const work = (): Promise<DeliverResult> => activities.deliverNotification(input);
  return (await environment.run<[], DeliverResult, typeof work>(work)).outcome;
}

export async function rows(clientId: string): Promise<string[]> {
  const found = await database.sql<{ line: string }[]>`
    select format('%s %s %s', d.recipient, d.status, d.attempts) as line
    from deliveries d join notifications n on n.id = d.notification_id
    where n.client_id = ${clientId} order by n.id, d.position`;
  return found.map(({ line }) => line);
}

export async function statusOf(clientId: string): Promise<string | undefined> {
  const [row] = await database.sql<{ status: string }[]>`
    select status from notifications where client_id = ${clientId} order by id desc limit 1`;
  return row?.status;
}

export const sent = (): string[] => mail.taken.map(({ to }) => to.join(', '));

/** Registers the set-up of a test file: it fills the variables above. */
export function useDelivery(): void {
  beforeAll(async () => {
    database = await createTestDatabase();
    await insertOperator(database.sql);
  }, 60_000);
  afterAll(() => database?.drop());
  beforeEach(() => {
    mail = fakeMail();
  });
}
