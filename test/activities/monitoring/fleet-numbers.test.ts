import { overdueMs } from '../../../src/domain/monitoring/client-state.js';
import type { Sql } from '../../../src/storage/system/database.js';
import { fleetNumbers } from '../../../src/storage/monitoring/fleet-numbers.js';
import { unhealthyMonitors } from '../../../src/storage/monitoring/stuck-monitors.js';
import { insertClient, insertOperator } from '../../support/data/clients.js';
import { createTestDatabase, type TestDatabase } from '../../support/database/postgres.js';

let database: TestDatabase;
let sql: Sql;
beforeEach(async () => {
  database = await createTestDatabase();
  sql = database.sql;
  await insertOperator(sql);
}, 60_000);
afterEach(() => database?.drop());

/** A client whose monitor reported the state `word`. `minutes`: time until the next check; null: never checked. */
async function watched(word: string, minutes: number | null, seenMinutesAgo = 0): Promise<string> {
  const id = await insertClient(sql, Date.now(), { profile: null });
  await sql`
    update monitors set state = ${word}, next_check_at = now() + ${minutes} * interval '1 minute',
      seen_at = now() - ${seenMinutesAgo} * interval '1 minute'
    where client_id = ${id}`;
  return id;
}

async function states(): Promise<Record<string, number>> {
  return Object.fromEntries((await fleetNumbers(sql)).clientsByState);
}

test('metrics count a client whose check is overdue as unhealthy, once, until the check is made', async () => {
  await watched('low', 5);
  await watched('low', -0.5);
  const late = await watched('low', -1.5);
  await watched('unknown', null, 2);
  await watched('unknown', null);
  const deleted = await watched('ok', -60);
  await sql`update clients set status = 'deleted' where id = ${deleted}`;
  expect(await states()).toEqual({ low: 2, unhealthy: 2, unknown: 1 });
  expect((await fleetNumbers(sql)).overdueChecks).toBe(2);

  await sql`update monitors set next_check_at = now() + interval '1 hour' where client_id = ${late}`;
  expect(await states()).toEqual({ low: 3, unhealthy: 1, unknown: 1 });
});

test('those who are shown as unhealthy are those whom reconciling wakes', async () => {
  await watched('low', 5);
  const late = await watched('ok', -2);
  const never = await watched('unknown', null, 2);
  const woken = await unhealthyMonitors(sql, overdueMs, 10);
  expect(woken.map(({ clientId }) => clientId).sort()).toEqual([late, never].sort());
});
