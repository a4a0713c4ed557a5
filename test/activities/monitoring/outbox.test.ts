import {
  enqueueFleetSignal,
  enqueueSignal,
  enqueueSignals,
  enqueueSignalWhere,
  expandFleetSignals,
  outboxChannel,
  outboxStats,
} from '../../../src/storage/monitoring/outbox.js';
import { claimDueSignals, claimFleetSignals, type DueSignal } from '../../../src/storage/monitoring/signal-claims.js';
import { database, gate, useOutbox } from '../../support/monitoring/outbox-database.js';

useOutbox();

/** `1 balanceChanged`, in the order in which they were claimed. */
function named(signals: readonly DueSignal[]): string[] {
  return signals.map(({ clientId, kind }) => `${clientId} ${kind}`);
}

test('signals of one client and kind are one row until it is claimed, and both kinds of a client are claimed', async () => {
  const { sql } = database;
  await enqueueSignal(sql, ['1', '2', '1'], 'balanceChanged');
  await enqueueSignal(sql, '1', 'balanceChanged');
  await enqueueSignal(sql, '1', 'configurationChanged');
  expect((await outboxStats(sql)).depth).toBe(3);
  const due = await claimDueSignals(sql, 10);
  expect(named(due)).toEqual(['1 balanceChanged', '2 balanceChanged', '1 configurationChanged']);
  expect(due[0]).toMatchObject({ attempts: 1, resellerId: '1' });
});

test('rows of one client and kind that are due together are one signal', async () => {
  const { sql } = database;
  await enqueueSignal(sql, '1', 'balanceChanged');
  await claimDueSignals(sql, 10, { leaseMs: 0 });
  await enqueueSignal(sql, '1', 'balanceChanged');
  await enqueueSignal(sql, '1', 'balanceChanged', { origin: 'fleet' });
  const [due, ...others] = await claimDueSignals(sql, 10);
  expect([due?.ids.length, due?.attempts, others]).toEqual([3, 2, []]);
});

describe('origins', () => {
  test('signals of clients are claimed before those of the fleet, though these are older', async () => {
    const { sql } = database;
    await enqueueSignalWhere(sql, 'configurationChanged', sql`c.id < 4`);
    await enqueueSignal(sql, '7', 'balanceChanged');
    expect(named(await claimDueSignals(sql, 2))).toEqual(['7 balanceChanged', '1 configurationChanged']);
    expect(await claimDueSignals(sql, 10, { origin: 'client' })).toEqual([]);
  });

  test('a signal of a client does not wait for a transaction that signals the fleet', async () => {
    const { sql } = database;
    await enqueueSignal(sql, '1', 'configurationChanged');
    const queued = gate();
    const finish = gate();
    const edit = sql.begin(async (tx) => {
      await enqueueSignalWhere(tx, 'configurationChanged', tx`true`);
      queued.open();
      await finish.opened;
    });
    await queued.opened;
    expect(named(await claimDueSignals(sql, 10, { origin: 'client' }))).toEqual(['1 configurationChanged']);
    finish.open();
    await edit;
  });

  test('those of the fleet are claimed in small batches, whose size decides when the next one is due', async () => {
    const { sql } = database;
    await enqueueSignalWhere(sql, 'configurationChanged', sql`true`);
    await enqueueSignal(sql, '1', 'balanceChanged');
    const slow = { perSecond: 0.01, batch: 3 };
    expect(named(await claimFleetSignals(sql, slow))).toEqual([1, 2, 3].map((id) => `${id} configurationChanged`));
    const [gateRow] = await sql<{ seconds: number }[]>`
      select extract(epoch from free_at - (select min(next_attempt_at) - interval '30 s' from outbox where attempts = 1))::float8 as seconds
      from fleet_signal_gate`;
    expect(gateRow?.seconds).toBeCloseTo(300, 3);
    // All dispatchers share one gate.
    expect(await Promise.all([claimFleetSignals(sql, slow), claimFleetSignals(sql)])).toEqual([[], []]);
    await sql`update fleet_signal_gate set free_at = now()`;
    const claims = await Promise.all(Array.from({ length: 4 }, () => claimFleetSignals(sql, slow)));
    expect(claims.flat()).toHaveLength(3);
    expect(await claimDueSignals(sql, 10, { origin: 'client' })).toHaveLength(1);
  });

  test('a pause of the fleet is not made up for', async () => {
    const { sql } = database;
    await enqueueSignalWhere(sql, 'configurationChanged', sql`true`);
    await sql`update fleet_signal_gate set free_at = now() - interval '1 hour'`;
    const slow = { perSecond: 0.01, batch: 3 };
    expect(await claimFleetSignals(sql, slow)).toHaveLength(3);
    expect(await claimFleetSignals(sql, slow)).toEqual([]);
  });
});

test('signals of the fleet that wait for their turn are not late, unless none has left', async () => {
  const { sql } = database;
  await enqueueSignalWhere(sql, 'configurationChanged', sql`true`);
  await sql`update outbox set created_at = now() - interval '90 s'`;
  await sql`update fleet_signal_gate set free_at = now() - interval '1 s'`;
  expect((await outboxStats(sql)).oldestSeconds).toBeLessThan(60);
  await sql`update fleet_signal_gate set free_at = now() - interval '1 hour'`;
  expect((await outboxStats(sql)).oldestSeconds).toBeGreaterThanOrEqual(90);
  await sql`update fleet_signal_gate set free_at = now()`;
  await sql`update outbox set attempts = 2`;
  expect((await outboxStats(sql)).oldestSeconds).toBeGreaterThanOrEqual(90);
});

describe('a signal recorded once for the fleet', () => {
  test('becomes one of each client of its audience, and none of deleted ones', async () => {
    const { sql } = database;
    await sql`insert into balance_faults (client_id, source, reason, since)
      select id, 'http', 'down', now() from clients where id in (3, 4, 9)`;
    await enqueueFleetSignal(sql, 'balanceChanged', 'balance_unknown');
    await enqueueFleetSignal(sql, 'balanceChanged', 'balance_unknown');
    expect((await outboxStats(sql)).depth).toBe(1);
    expect(await claimDueSignals(sql, 10)).toEqual([]);
    await Promise.all([expandFleetSignals(sql), expandFleetSignals(sql)]);
    expect(named(await claimFleetSignals(sql))).toEqual(['3 balanceChanged', '4 balanceChanged']);
    expect((await outboxStats(sql)).depth).toBe(2);
    await sql`delete from balance_faults`;
  });

  test('reaches everybody when a source takes the place of another', async () => {
    const { sql } = database;
    await enqueueFleetSignal(sql, 'balanceChanged', 'all');
    await expandFleetSignals(sql);
    expect(await claimFleetSignals(sql)).toHaveLength(8);
  });
});

test('a delayed signal waits, an earlier one of the same kind pulls it forward', async () => {
  const { sql } = database;
  await enqueueSignal(sql, '1', 'balanceChanged', { delayMs: 60_000 });
  expect(await claimDueSignals(sql, 10)).toEqual([]);
  await enqueueSignal(sql, '1', 'balanceChanged');
  expect(await claimDueSignals(sql, 10)).toHaveLength(1);
});

test('a condition signals all clients that meet it and are not deleted', async () => {
  const { sql } = database;
  const count = await enqueueSignalWhere(sql, 'configurationChanged', sql`c.id >= 7 or c.id = ${'2'}`);
  expect(count).toBe(3);
  expect((await claimDueSignals(sql, 10)).map(({ clientId }) => clientId)).toEqual(['2', '7', '8']);
});

test('the dispatcher is notified at the commit, not before', async () => {
  const { sql } = database;
  const heard: string[] = [];
  const first = gate();
  const { unlisten } = await sql.listen(outboxChannel, (origin) => {
    heard.push(origin);
    first.open();
  });
  const queued = gate();
  const finish = gate();
  const change = sql.begin(async (tx) => {
    await enqueueSignals(tx, [{ clientId: '1', kind: 'balanceChanged' }]);
    queued.open();
    await finish.opened;
  });
  await queued.opened;
  await sql`select 1`;
  expect(heard).toEqual([]);
  finish.open();
  await change;
  await first.opened;
  expect(heard).toEqual(['client']);
  await unlisten();
});
