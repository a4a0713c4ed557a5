import { enqueueSignal, outboxStats } from '../../../src/storage/monitoring/outbox.js';
import {
  acknowledgeSignal,
  claimDueSignals,
  rescheduleSignals,
  type DueSignal,
} from '../../../src/storage/monitoring/signal-claims.js';
import { database, gate, useOutbox } from '../../support/monitoring/outbox-database.js';

useOutbox();

function required(signal: DueSignal | undefined): DueSignal {
  if (!signal) throw new Error('nothing was due');
  return signal;
}

describe('an acknowledged signal', () => {
  beforeEach(() => database.sql`insert into monitors (client_id, seen_at) values (1, now() - interval '1 hour')`);
  afterEach(() => database.sql`delete from monitors`);

  async function signaledAt(): Promise<Date | null> {
    const [row] = await database.sql<{ at: Date | null }[]>`select signaled_at as at from monitors where client_id = 1`;
    return row?.at ?? null;
  }

  async function acknowledged(): Promise<Date> {
    await enqueueSignal(database.sql, '1', 'balanceChanged');
    const due = required((await claimDueSignals(database.sql, 1))[0]);
    await acknowledgeSignal(database.sql, due);
    return due.claimedAt;
  }

  test('is noted on the monitor: the first that no evaluation has followed', async () => {
    const { sql } = database;
    expect(await signaledAt()).toBeNull();
    const first = await acknowledged();
    expect(await signaledAt()).toEqual(first);
    await acknowledged();
    expect(await signaledAt()).toEqual(first);
    await sql`update monitors set seen_at = now()`;
    const third = await acknowledged();
    expect(await signaledAt()).toEqual(third);
  });
});

test('a signal that arrives while an older one is sent is a row of its own', async () => {
  const { sql } = database;
  await enqueueSignal(sql, '1', 'balanceChanged');
  const [first] = await claimDueSignals(sql, 10);
  await enqueueSignal(sql, '1', 'balanceChanged');
  await acknowledgeSignal(sql, required(first));
  const [second] = await claimDueSignals(sql, 10);
  expect(second).toMatchObject({ clientId: '1', attempts: 1 });
  await acknowledgeSignal(sql, required(second));
  expect(await outboxStats(sql)).toEqual({ depth: 0, oldestSeconds: 0, retrying: 0 });
});

test('a waiting signal is not sent while a writer that enqueues it again has not committed', async () => {
  const { sql } = database;
  await enqueueSignal(sql, '1', 'balanceChanged');
  const queued = gate();
  const finish = gate();
  const change = sql.begin(async (tx) => {
    await enqueueSignal(tx, '1', 'balanceChanged');
    queued.open();
    await finish.opened;
  });
  await queued.opened;
  expect(await claimDueSignals(sql, 10)).toEqual([]);
  finish.open();
  await change;
  expect(await claimDueSignals(sql, 10)).toHaveLength(1);
});

test('a writer that enqueues while the row is being claimed gets a row of its own', async () => {
  const { sql } = database;
  await enqueueSignal(sql, '1', 'balanceChanged');
  const taken = gate();
  const finish = gate();
  const claiming = sql.begin(async (tx) => {
    expect(await claimDueSignals(tx, 10)).toHaveLength(1);
    taken.open();
    await finish.opened;
  });
  await taken.opened;
  const enqueuing = enqueueSignal(sql, '1', 'balanceChanged');
  finish.open();
  await Promise.all([claiming, enqueuing]);
  expect(await claimDueSignals(sql, 10)).toHaveLength(1);
});

test('several dispatchers never get the same row', async () => {
  const { sql } = database;
  await enqueueSignal(sql, ['1', '2', '3', '4', '5', '6', '7', '8'], 'configurationChanged');
  const taken = await Promise.all(Array.from({ length: 6 }, () => claimDueSignals(sql, 3)));
  const clients = taken.flat().map(({ clientId }) => clientId);
  expect(new Set(clients).size).toBe(clients.length);
  const rest = await claimDueSignals(sql, 10);
  expect([...clients, ...rest.map(({ clientId }) => clientId)].sort()).toEqual([
    '1',
    '2',
    '3',
    '4',
    '5',
    '6',
    '7',
    '8',
  ]);
});

test('a claimed row is due again when its lease ends or when it was rescheduled, and counts its attempts', async () => {
  const { sql } = database;
  await enqueueSignal(sql, '1', 'balanceChanged');
  const [first] = await claimDueSignals(sql, 10, { leaseMs: 0 });
  const [second] = await claimDueSignals(sql, 10);
  expect([first?.attempts, second?.attempts]).toEqual([1, 2]);
  expect(await claimDueSignals(sql, 10)).toEqual([]);
  await rescheduleSignals(sql, second?.ids ?? [], 'Temporal is not reachable', 0);
  const [third] = await claimDueSignals(sql, 10);
  expect(third?.attempts).toBe(3);
  await rescheduleSignals(sql, third?.ids ?? [], 'Temporal is not reachable', 60_000);
  expect(await claimDueSignals(sql, 10)).toEqual([]);
  expect(await outboxStats(sql)).toMatchObject({ depth: 1, retrying: 1 });
});
