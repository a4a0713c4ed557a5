import fc from 'fast-check';
import { isOverdue, unhealthyReason, type MonitorSigns } from '../../../src/domain/monitoring/monitor-health.js';
import { overdueMs } from '../../../src/domain/monitoring/client-state.js';
import * as inSql from '../../../src/storage/monitoring/state-now.js';
import { insertClient, insertOperator } from '../../support/data/clients.js';
import { createTestDatabase, type TestDatabase } from '../../support/database/postgres.js';

/** What is unhealthy, in TypeScript and in SQL. */

const now = Date.parse('2026-03-02T12:00:00Z');
const healthy: MonitorSigns = {
  ...{ nextCheckAt: now + 1000, nextWakeAt: null, seenAt: now - 3_600_000, signaledAt: null, failingSince: null },
  readRepeats: 0,
};

test.each<[string, Partial<MonitorSigns>, string | null]>([
  ['a check to come', {}, null],
  ['a check within the grace', { nextCheckAt: now - overdueMs + 1 }, null],
  ['a check late by the grace', { nextCheckAt: now - overdueMs }, 'overdue'],
  ['another wake late by the grace', { nextWakeAt: now - overdueMs }, 'overdue'],
  ['never checked, and new', { nextCheckAt: null, seenAt: now - overdueMs + 1 }, null],
  ['never checked', { nextCheckAt: null, seenAt: now - overdueMs }, 'overdue'],
  ['a signal that was answered', { signaledAt: now - 7_200_000 }, null],
  ['a signal within the grace', { signaledAt: now - overdueMs + 1 }, null],
  ['a signal without an answer', { signaledAt: now - overdueMs }, 'signal_unanswered'],
  ['failing tasks before the last evaluation', { failingSince: now - 7_200_000 }, null],
  ['failing tasks', { failingSince: now - 1 }, 'failing'],
  ['a task that reads again after a lost answer', { readRepeats: 2 }, null],
  ['a task that fails after its read', { readRepeats: 5 }, 'failing'],
  ['failing tasks and a late check', { failingSince: now - 1, nextCheckAt: now - overdueMs }, 'failing'],
  ['a late check and a signal', { signaledAt: now - overdueMs, nextCheckAt: now - overdueMs }, 'overdue'],
])('%s', (_name, signs, reason) => {
  expect(unhealthyReason({ ...healthy, ...signs }, now)).toBe(reason);
});

describe('rows', () => {
  let database: TestDatabase;
  let clientId: string;
  beforeAll(async () => {
    database = await createTestDatabase();
    await insertOperator(database.sql);
    clientId = await insertClient(database.sql, now, { profile: null });
    await database.sql`insert into stuck_monitors (client_id) values (${clientId})`;
  });
  afterAll(() => database.drop());

  const near = fc
    .constantFrom(-7_200_000, -3_600_000, -overdueMs - 1, -overdueMs, 1 - overdueMs, -1, 0, 60_000)
    .map((ms) => now + ms);
  const nearOrNone = fc.option(near);

  test('are judged as the domain judges them', async () => {
    const { sql } = database;
    await fc.assert(
      fc.asyncProperty(
        fc.record({
          nextCheckAt: nearOrNone,
          nextWakeAt: nearOrNone,
          seenAt: near,
          signaledAt: nearOrNone,
          failingSince: nearOrNone,
          readRepeats: fc.constantFrom(0, 4, 5),
        }),
        async (signs) => {
          const date = (ms: number | null): Date | null => (ms === null ? null : new Date(ms));
          await sql`
            update monitors set state = 'ok', next_check_at = ${date(signs.nextCheckAt)}, next_wake_at = ${date(signs.nextWakeAt)},
              seen_at = ${date(signs.seenAt)}, signaled_at = ${date(signs.signaledAt)},
              read_repeats = ${signs.readRepeats} where client_id = ${clientId}`;
          await sql`update stuck_monitors set failing_since = ${date(signs.failingSince)}`;
          const at = new Date(now);
          const [row] = await sql`
            select ${inSql.unhealthyReason(sql, at)} as reason, ${inSql.stateNow(sql, at)} as state,
              ${inSql.isOverdue(sql, at)} as overdue, ${inSql.isUnhealthy(sql, at)} as unhealthy,
              ${inSql.stateSinceNow(sql, at)} <= ${at} as "sinceIsPast",
              ${inSql.isInStates(sql, at, ['unhealthy'])} as "isFound", ${inSql.isInStates(sql, at, ['ok'])} as "isOk"
            from monitors m join clients c on c.id = m.client_id`;
          const reason = unhealthyReason(signs, now);
          expect(row).toEqual({
            ...{ reason, state: reason ? 'unhealthy' : 'ok', overdue: isOverdue(signs, now) },
            ...{ unhealthy: reason !== null, isFound: reason !== null, isOk: reason === null },
            sinceIsPast: reason === null ? expect.any(Boolean) : true,
          });
        },
      ),
      { numRuns: 300 },
    );
  });
});
