import { createLocalActivities, type LocalActivities } from '../../../src/activities/index.js';
import type { ObserveInput, ObserveResult } from '../../../src/contract/monitor.js';
import { parseMoney } from '../../../src/domain/money.js';
import type { EntryKind } from '../../../src/domain/ledger/entry-kinds.js';
import { recordEntry } from '../../../src/services/ledger/record-entries.js';
import { testDeps } from './activity-deps.js';
import { insertOperator } from '../data/clients.js';
import { createTestDatabase, type TestDatabase } from '../database/postgres.js';
import { requesterAt } from '../data/requester.js';

export let database: TestDatabase;
export let activities: LocalActivities;

export const noon = Date.parse('2026-03-02T12:00:00Z');

export const minutes = (n: number): number => n * 60_000;

export const actor = { id: 'user:7', source: 'web' } as const;

let entries = 0;

export async function post(
  clientId: string,
  kind: EntryKind,
  amount: string,
  currency = 'USD',
  at = noon,
): Promise<void> {
  const entry = { clientId, kind, externalId: `e-${++entries}`, amount: parseMoney(amount), currency, source: 'test' };
  await recordEntry(requesterAt(database.sql, at), { ...entry, occurredAt: at }, { now: at });
}

export function observe(clientId: string, more: Partial<ObserveInput> = {}): Promise<ObserveResult> {
  return activities.observe({ clientId, at: noon, known: '', task: 1, ...more });
}

/** Registers the set-up of a test file: it fills the variables above. */
export function useObserving(): void {
  beforeAll(async () => {
    database = await createTestDatabase();
    await insertOperator(database.sql);
    activities = createLocalActivities(testDeps(database.sql));
  }, 60_000);
  afterAll(() => database?.drop());
}
