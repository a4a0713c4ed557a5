import { nullLogger } from '../../../src/observability/logger.js';
import { enqueueSignal, enqueueSignalWhere, outboxStats } from '../../../src/storage/monitoring/outbox.js';
import { startDispatching, type Dispatcher, type SendSignal } from '../../../src/temporal/dispatcher.js';
import { createTestDatabase, type TestDatabase } from '../../support/database/postgres.js';

/** The dispatcher on a real outbox, with a Temporal that is made up. */

let database: TestDatabase;
let dispatcher: Dispatcher | null = null;

beforeAll(async () => {
  database = await createTestDatabase();
  const { sql } = database;
  await sql`insert into resellers (id, kind, name, path) values (1, 'operator', 'Operator', '{1}')`;
  await sql`
    insert into clients (id, reseller_id, name, currency, balance_model)
    select n, 1, 'Client ' || n, 'USD', 'prepaid' from generate_series(1, 60) n`;
});
afterAll(() => database.drop());
beforeEach(async () => {
  await database.sql`delete from outbox`;
  await database.sql`delete from monitors`;
  await database.sql`update fleet_signal_gate set free_at = now()`;
});
afterEach(async () => {
  await dispatcher?.stop();
  dispatcher = null;
});

/** What was sent, in order, and a way to wait until it meets a condition. */
function recorder(answer: (name: string) => Promise<void> = async () => undefined) {
  const sent: string[] = [];
  let changed: () => void = () => undefined;
  const send: SendSignal = async ({ clientId }, kind) => {
    const name = `${clientId} ${kind}`;
    sent.push(name);
    changed();
    await answer(name);
  };
  const until = async (holds: () => boolean): Promise<void> => {
    while (!holds()) await new Promise<void>((resolve) => (changed = resolve));
  };
  return { sent, send, until };
}

async function emptied(): Promise<void> {
  while ((await outboxStats(database.sql)).depth > 0) await new Promise((resolve) => setImmediate(resolve));
}

/** The pace allows the next signals of the fleet. */
async function gateOpens(): Promise<void> {
  const isClosed = async () => (await database.sql`select from fleet_signal_gate where free_at > now()`).length > 0;
  while (await isClosed()) await new Promise((resolve) => setImmediate(resolve));
}

test('both kinds of a client are sent, and the rows go', async () => {
  const { sent, send } = recorder();
  await enqueueSignal(database.sql, '1', 'configurationChanged');
  await enqueueSignal(database.sql, '1', 'balanceChanged');
  dispatcher = await startDispatching(database.sql, send, nullLogger);
  await emptied();
  expect(sent.sort()).toEqual(['1 balanceChanged', '1 configurationChanged']);
  expect(dispatcher.sent).toBe(2);
});

test('a signal of a client is sent while signals of the fleet hang', async () => {
  let release: () => void = () => undefined;
  const hanging = new Promise<void>((resolve) => (release = resolve));
  const { sent, send, until } = recorder((name) =>
    name.endsWith('configurationChanged') ? hanging : Promise.resolve(),
  );
  await enqueueSignalWhere(database.sql, 'configurationChanged', database.sql`true`);
  dispatcher = await startDispatching(database.sql, send, nullLogger);
  await until(() => sent.length > 0);
  await enqueueSignal(database.sql, '60', 'balanceChanged');
  await until(() => sent.includes('60 balanceChanged'));
  // Only the senders of the fleet are busy.
  expect(sent.length).toBeLessThanOrEqual(5);
  release();
});

test('signals of the fleet leave in batches, those of clients between them', async () => {
  const { sent, send, until } = recorder();
  await enqueueSignalWhere(database.sql, 'configurationChanged', database.sql`true`);
  dispatcher = await startDispatching(database.sql, send, nullLogger);
  await until(() => sent.length >= 10);
  await enqueueSignal(database.sql, '60', 'balanceChanged');
  await emptied();
  expect(sent).toHaveLength(61);
  expect(sent.indexOf('60 balanceChanged')).toBeLessThan(60);
  expect(new Set(sent).size).toBe(61);
});

test('signals of the fleet wait until the monitors that were signaled before have evaluated', async () => {
  const { sql } = database;
  await sql`insert into monitors (client_id) select id from clients`;
  const { sent, send, until } = recorder();
  await enqueueSignalWhere(sql, 'configurationChanged', sql`true`);
  dispatcher = await startDispatching(sql, send, nullLogger, { patienceMs: 600_000 });
  await until(() => sent.length === 1);
  await gateOpens();
  // Client signals still pass. A fleet claim that did not wait would come between them.
  for (const client of ['1', '2', '3']) {
    await enqueueSignal(sql, client, 'balanceChanged');
    await until(() => sent.includes(`${client} balanceChanged`));
  }
  expect(sent.filter((name) => name.endsWith('configurationChanged'))).toHaveLength(1);
  await sql`update monitors set seen_at = 'infinity'`;
  await emptied();
  expect(sent).toHaveLength(63);
});

test('monitors that do not evaluate hold up the signals of the fleet for a moment only', async () => {
  await database.sql`insert into monitors (client_id) select id from clients`;
  const { sent, send } = recorder();
  await enqueueSignalWhere(database.sql, 'configurationChanged', database.sql`true`);
  dispatcher = await startDispatching(database.sql, send, nullLogger, { patienceMs: 1 });
  await emptied();
  expect(sent).toHaveLength(60);
});

test('a row stays until Temporal has accepted its signal', async () => {
  let isDown = true;
  const { sent, send, until } = recorder(async () => {
    if (isDown) throw new Error('Temporal is not reachable');
  });
  await enqueueSignal(database.sql, '1', 'balanceChanged');
  dispatcher = await startDispatching(database.sql, send, nullLogger);
  await until(() => sent.length === 1);
  const [row] = await database.sql`select attempts from outbox`;
  expect(row).toEqual({ attempts: 1 });
  isDown = false;
  await emptied();
  expect(sent).toHaveLength(2);
});
