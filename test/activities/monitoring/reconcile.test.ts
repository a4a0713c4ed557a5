import type { ActivityDeps } from '../../../src/activities/index.js';
import { reconcileMonitors } from '../../../src/activities/monitoring/reconcile.js';
import type { ReconcileReport } from '../../../src/contract/fleet.js';
import type { Sql } from '../../../src/storage/system/database.js';
import { countUnhealthy } from '../../../src/storage/monitoring/stuck-monitors.js';
import { testDeps } from '../../support/monitoring/activity-deps.js';
import { insertClient, insertOperator } from '../../support/data/clients.js';
import { createTestDatabase, type TestDatabase } from '../../support/database/postgres.js';

/** Finding monitors that do not proceed, with a Temporal that is made up. Time passes by moving what rows say. */

let database: TestDatabase;
let sql: Sql;
let temporal: FakeTemporal;
let deps: ActivityDeps;
beforeEach(async () => {
  database = await createTestDatabase();
  sql = database.sql;
  await insertOperator(sql);
  temporal = new FakeTemporal();
  deps = testDeps(sql, { monitors: temporal });
}, 60_000);
afterEach(() => database?.drop());

class FakeTemporal {
  hasWorkers = true;
  /** by client: how often its pending workflow task was attempted; absent: none is pending */
  readonly attempts = new Map<string, number>();
  signaled: string[] = [];
  replaced: string[] = [];
  described = 0;

  signal = async ({ clientId }: { clientId: string }): Promise<void> => void this.signaled.push(clientId);
  hasPollers = async (): Promise<boolean> => this.hasWorkers;
  pendingTask = async (clientId: string): Promise<{ runId: string; attempt: number } | null> => {
    this.described++;
    const attempt = this.attempts.get(clientId);
    return attempt === undefined ? null : { runId: `run-${clientId}`, attempt };
  };
  replace = async ({ clientId }: { clientId: string }, runId: string): Promise<void> => {
    expect(runId).toBe(`run-${clientId}`);
    this.replaced.push(clientId);
  };
}

/** Clients whose check is due in so many minutes, last seen a day ago. */
async function monitored(count: number, dueInMinutes: number): Promise<string[]> {
  const ids: string[] = [];
  for (let n = 0; n < count; n++) ids.push(await insertClient(sql, Date.now(), { profile: null }));
  await sql`
    update monitors set state = 'ok', last_check_at = now() - interval '1 hour', seen_at = now() - interval '1 day',
      next_check_at = now() + ${dueInMinutes} * interval '1 minute'
    where client_id = any(${ids}::bigint[])`;
  return ids;
}

/** A monitor that has just evaluated. */
async function evaluated(clientId: string): Promise<void> {
  await sql`
    update monitors set seen_at = clock_timestamp(), last_check_at = now(), next_check_at = now() + interval '1 hour'
    where client_id = ${clientId}`;
}

/** Runs reconcile `minutesLater`: its records are that much older, and healthy monitors continued. */
async function reconciled(minutesLater = 0): Promise<ReconcileReport> {
  await sql`
    update stuck_monitors set found_at = found_at - ${minutesLater} * interval '1 minute',
      signaled_at = signaled_at - ${minutesLater} * interval '1 minute',
      replaced_at = replaced_at - ${minutesLater} * interval '1 minute'`;
  temporal.signaled = [];
  temporal.replaced = [];
  return reconcileMonitors(deps, () => undefined);
}

async function events(): Promise<string[]> {
  const rows = await sql<{ text: string }[]>`
    select kind || ' ' || client_id || case when resolved_at is null then '' else ' resolved' end as text
    from events order by id`;
  return rows.map(({ text }) => text);
}

test('an overdue monitor is signaled when it is found, and again after 5 minutes', async () => {
  const [late] = await monitored(1, -2);
  await monitored(1, 5);
  expect(await reconciled()).toEqual({ signaled: 1, ended: 0, stuck: 0, replaced: 0 });
  expect(temporal.signaled).toEqual([late]);
  expect(await reconciled(1)).toMatchObject({ signaled: 0, stuck: 1 });
  expect(await reconciled(4)).toMatchObject({ signaled: 1, stuck: 1 });
});

test('so is one whose signal no evaluation followed, and one whose other wake is late', async () => {
  const [unanswered, late] = await monitored(2, 60);
  await sql`update monitors set signaled_at = now() - interval '2 minutes' where client_id = ${unanswered as string}`;
  await sql`update monitors set next_wake_at = now() - interval '3 minutes' where client_id = ${late as string}`;
  await reconciled();
  expect(temporal.signaled).toEqual([late, unanswered]);
});

test('monitors of deleted clients are signaled to end', async () => {
  const [deleted] = await monitored(1, -5);
  await sql`update clients set status = 'deleted'`;
  expect(await reconciled()).toEqual({ signaled: 0, ended: 1, stuck: 0, replaced: 0 });
  expect(temporal.signaled).toEqual([deleted]);
});

describe('a run is replaced', () => {
  let stuck: string;
  let working: string;
  beforeEach(async () => {
    [stuck] = (await monitored(1, -2)) as [string];
    [working] = (await monitored(1, 60)) as [string];
    await evaluated(working);
    temporal.attempts.set(stuck, 5);
  });

  test('when its task failed five times while workers poll and others progress, with events', async () => {
    expect(await reconciled()).toMatchObject({ signaled: 1, replaced: 0 });
    expect(await reconciled(1)).toMatchObject({ stuck: 1, replaced: 1 });
    expect(temporal.replaced).toEqual([stuck]);
    expect(await events()).toEqual([`monitor.stuck ${stuck}`, `monitor.replaced ${stuck}`]);
    await evaluated(stuck);
    expect(await reconciled(1)).toMatchObject({ signaled: 0, stuck: 0, replaced: 0 });
    expect(await events()).toEqual([`monitor.stuck ${stuck} resolved`, `monitor.replaced ${stuck}`]);
  });

  test('not after four failures', async () => {
    temporal.attempts.set(stuck, 4);
    await reconciled();
    expect(await reconciled(1)).toMatchObject({ stuck: 1, replaced: 0 });
  });

  test('not while no worker polls', async () => {
    temporal.hasWorkers = false;
    await reconciled();
    expect(await reconciled(1)).toMatchObject({ stuck: 1, replaced: 0 });
    expect([temporal.described, await events()]).toEqual([0, []]);
  });

  test('not while no other monitor progresses', async () => {
    await sql`update monitors set seen_at = now() - interval '10 minutes' where client_id = ${working}`;
    await reconciled();
    expect(await reconciled(1)).toMatchObject({ stuck: 1, replaced: 0 });
    expect(temporal.described).toBe(0);
  });

  test('once an hour, however often the new run fails', async () => {
    await reconciled();
    expect(await reconciled(1)).toMatchObject({ replaced: 1 });
    await evaluated(working);
    expect(await reconciled(30)).toMatchObject({ replaced: 0 });
    expect(await reconciled(30)).toMatchObject({ replaced: 1 });
    expect((await events()).filter((text) => text.startsWith('monitor.stuck'))).toHaveLength(1);
  });

  test('later when Temporal could not do it now', async () => {
    await reconciled();
    temporal.replace = async () => {
      throw new Error('unavailable');
    };
    expect(await reconciled(1)).toMatchObject({ replaced: 0 });
    expect(await events()).toEqual([`monitor.stuck ${stuck}`]);
    temporal.replace = async ({ clientId }) => void temporal.replaced.push(clientId);
    expect(await reconciled(1)).toMatchObject({ replaced: 1 });
  });

  test('and until then it is shown as failing', async () => {
    await reconciled();
    temporal.replace = async () => {
      throw new Error('unavailable');
    };
    await reconciled(1);
    expect(await countUnhealthy(sql, new Date())).toMatchObject({ failing: 1, overdue: 0 });
    await evaluated(stuck);
    expect(await countUnhealthy(sql, new Date())).toMatchObject({ failing: 0, overdue: 0, since: null });
  });
});

test('at most ten runs are replaced in a minute, all processes together', async () => {
  const stuck = await monitored(25, -2);
  const [working] = await monitored(1, 60);
  await evaluated(working as string);
  for (const clientId of stuck) temporal.attempts.set(clientId, 7);
  await reconciled();
  expect((await reconciled(0.5)).replaced).toBe(10);
  expect((await reconciled(0.5)).replaced).toBe(0);
  expect((await reconciled(0.6)).replaced).toBe(10);
  expect((await reconciled(1)).replaced).toBe(5);
});

test('an hour without a worker ends in signals, and in no replacement or event', async () => {
  const all = await monitored(40, -60);
  temporal.hasWorkers = false;
  expect(await reconciled()).toMatchObject({ signaled: 40, replaced: 0 });
  await reconciled(1);
  expect([temporal.signaled, temporal.replaced, temporal.described]).toEqual([[], [], 0]);
  // The worker is back. Tasks waited and did not fail, and one monitor after the other continues.
  temporal.hasWorkers = true;
  for (const clientId of all) temporal.attempts.set(clientId, 1);
  for (const clientId of all.slice(0, 20)) await evaluated(clientId);
  expect(await reconciled(1)).toMatchObject({ stuck: 20, replaced: 0 });
  for (const clientId of all.slice(20)) await evaluated(clientId);
  expect(await reconciled(1)).toEqual({ signaled: 0, ended: 0, stuck: 0, replaced: 0 });
  expect(await events()).toEqual([]);
  expect(await sql`select 1 from stuck_monitors`).toHaveLength(0);
});

test('a monitor that waits for no failing task is an event after 5 minutes', async () => {
  const [late] = await monitored(1, -2);
  const [working] = await monitored(1, 60);
  await evaluated(working as string);
  await reconciled();
  await reconciled(4);
  expect(await events()).toEqual([]);
  await reconciled(1);
  await reconciled(1);
  expect(await events()).toEqual([`monitor.stuck ${late}`]);
});
