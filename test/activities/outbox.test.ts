import {
  acknowledge,
  enqueuePoke,
  enqueuePokes,
  enqueuePokeWhere,
  outboxChannel,
  outboxStats,
  postpone,
  takeDue,
} from '../../src/storage/outbox.js';
import { createTestDatabase, type TestDatabase } from '../support/postgres.js';

let database: TestDatabase;

beforeAll(async () => {
  database = await createTestDatabase();
  const { sql } = database;
  await sql`insert into resellers (id, kind, name, path) values (1, 'operator', 'Operator', '{1}')`;
  await sql`
    insert into clients (id, reseller_id, name, currency, balance_model, status)
    select n, 1, 'Customer ' || n, 'USD', 'prepaid', case when n = 9 then 'deleted' else 'active' end
    from generate_series(1, 9) n`;
});
afterAll(() => database.drop());
beforeEach(() => database.sql`delete from outbox`);

/** A promise and the two ends of it. */
function gate(): { readonly opened: Promise<void>; open(): void } {
  let open: () => void = () => undefined;
  const opened = new Promise<void>((resolve) => {
    open = resolve;
  });
  return { opened, open };
}

test('pokes of one client and kind are one row until it is taken', async () => {
  const { sql } = database;
  await enqueuePoke(sql, ['1', '2', '1'], 'balanceChanged');
  await enqueuePoke(sql, '1', 'balanceChanged');
  await enqueuePoke(sql, '1', 'refilled');
  expect((await outboxStats(sql)).depth).toBe(3);
  const due = await takeDue(sql, 10);
  expect(due.map(({ clientId, kinds, attempts, resellerId }) => ({ clientId, kinds, attempts, resellerId }))).toEqual([
    { clientId: '1', kinds: ['refilled', 'balanceChanged'], attempts: 1, resellerId: '1' },
    { clientId: '2', kinds: ['balanceChanged'], attempts: 1, resellerId: '1' },
  ]);
});

test('a poke that arrives while an older one is sent is a row of its own', async () => {
  const { sql } = database;
  await enqueuePoke(sql, '1', 'balanceChanged');
  const [first] = await takeDue(sql, 10);
  await enqueuePoke(sql, '1', 'balanceChanged');
  await acknowledge(sql, first?.ids ?? []);
  const [second] = await takeDue(sql, 10);
  expect(second).toMatchObject({ clientId: '1', attempts: 1 });
  await acknowledge(sql, second?.ids ?? []);
  expect(await outboxStats(sql)).toEqual({ depth: 0, oldestSeconds: 0, retrying: 0 });
});

test('a waiting poke is not sent while somebody who pokes again has not committed', async () => {
  const { sql } = database;
  await enqueuePoke(sql, '1', 'refilled');
  const queued = gate();
  const finish = gate();
  const change = sql.begin(async (tx) => {
    await enqueuePoke(tx, '1', 'refilled');
    queued.open();
    await finish.opened;
  });
  await queued.opened;
  expect(await takeDue(sql, 10)).toEqual([]);
  finish.open();
  await change;
  expect(await takeDue(sql, 10)).toHaveLength(1);
});

test('whoever pokes while the row is being taken gets a row of its own', async () => {
  const { sql } = database;
  await enqueuePoke(sql, '1', 'refilled');
  const taken = gate();
  const finish = gate();
  const taking = sql.begin(async (tx) => {
    expect(await takeDue(tx, 10)).toHaveLength(1);
    taken.open();
    await finish.opened;
  });
  await taken.opened;
  const poking = enqueuePoke(sql, '1', 'refilled');
  finish.open();
  await Promise.all([taking, poking]);
  expect(await takeDue(sql, 10)).toHaveLength(1);
});

test('several dispatchers never get the same row', async () => {
  const { sql } = database;
  await enqueuePoke(sql, ['1', '2', '3', '4', '5', '6', '7', '8'], 'configurationChanged');
  const taken = await Promise.all(Array.from({ length: 6 }, () => takeDue(sql, 3)));
  const clients = taken.flat().map(({ clientId }) => clientId);
  expect(new Set(clients).size).toBe(clients.length);
  const rest = await takeDue(sql, 10);
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

test('a taken row comes up again when its lease ends or when it was put off, and counts its attempts', async () => {
  const { sql } = database;
  await enqueuePoke(sql, '1', 'refilled');
  const [first] = await takeDue(sql, 10, 0);
  const [second] = await takeDue(sql, 10);
  expect([first?.attempts, second?.attempts]).toEqual([1, 2]);
  expect(await takeDue(sql, 10)).toEqual([]);
  await postpone(sql, second?.ids ?? [], 'Temporal is not reachable', 0);
  const [third] = await takeDue(sql, 10);
  expect(third?.attempts).toBe(3);
  await postpone(sql, third?.ids ?? [], 'Temporal is not reachable', 60_000);
  expect(await takeDue(sql, 10)).toEqual([]);
  expect(await outboxStats(sql)).toMatchObject({ depth: 1, retrying: 1 });
});

test('a delayed poke waits, an earlier one of the same kind pulls it forward', async () => {
  const { sql } = database;
  await enqueuePoke(sql, '1', 'balanceChanged', { delayMs: 60_000 });
  expect(await takeDue(sql, 10)).toEqual([]);
  await enqueuePoke(sql, '1', 'balanceChanged');
  expect(await takeDue(sql, 10)).toHaveLength(1);
});

test('a condition pokes all clients that fulfil it and are not deleted', async () => {
  const { sql } = database;
  const count = await enqueuePokeWhere(sql, 'configurationChanged', sql`c.id >= 7 or c.id = ${'2'}`);
  expect(count).toBe(3);
  expect((await takeDue(sql, 10)).map(({ clientId }) => clientId)).toEqual(['2', '7', '8']);
});

test('the dispatcher is told at the commit, not before', async () => {
  const { sql } = database;
  let heard = 0;
  const first = gate();
  const { unlisten } = await sql.listen(outboxChannel, () => {
    heard++;
    first.open();
  });
  const queued = gate();
  const finish = gate();
  const change = sql.begin(async (tx) => {
    await enqueuePokes(tx, [{ clientId: '1', kind: 'refilled' }]);
    queued.open();
    await finish.opened;
  });
  await queued.opened;
  await sql`select 1`;
  expect(heard).toBe(0);
  finish.open();
  await change;
  await first.opened;
  expect(heard).toBe(1);
  await unlisten();
});
