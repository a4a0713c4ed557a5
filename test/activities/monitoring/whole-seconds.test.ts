import { createLocalActivities } from '../../../src/activities/index.js';
import { parseMoney } from '../../../src/domain/money.js';
import { toSecond } from '../../../src/domain/monitoring/schedule.js';
import { createRate } from '../../../src/services/rates/create-rate.js';
import { recordEntry } from '../../../src/services/ledger/record-entries.js';
import { advanceTemporaryCredit } from '../../../src/services/credit/advance-temporary-credit.js';
import { changeTemporaryCredit } from '../../../src/services/credit/change-temporary-credit.js';
import { grantTemporaryCredit } from '../../../src/services/credit/grant-temporary-credit.js';
import { testDeps } from '../../support/monitoring/activity-deps.js';
import { requesterAt } from '../../support/data/requester.js';
import { insertClient, insertOperator } from '../../support/data/clients.js';
import { createTestDatabase, type TestDatabase } from '../../support/database/postgres.js';

/** Every stored instant that the engine compares is a whole second, as the monitor's own clock is. */

let database: TestDatabase;
beforeAll(async () => {
  database = await createTestDatabase();
  await insertOperator(database.sql);
});
afterAll(() => database.drop());

const at = Date.parse('2026-03-02T12:00:00.789Z');
const second = new Date(toSecond(at));

const entry = (clientId: string, kind: 'payment' | 'charge', amount: string, externalId: string) => ({
  ...{ clientId, kind, externalId, amount: parseMoney(amount), currency: 'USD', source: 'test' },
});

test('a rate that begins now is known to a monitor that evaluates within the same second', async () => {
  const { sql } = database;
  const clientId = await insertClient(sql, at - 86_400_000, { currency: 'EUR', profile: { currency: 'USD' } });
  const observe = (atMs: number) =>
    createLocalActivities(testDeps(sql)).observe({ clientId, at: toSecond(atMs), known: '', task: 1 });
  expect((await observe(at)).rate).toBeNull();
  const rate = { from: 'EUR', to: 'USD', rate: '1.1', at: new Date(at) };
  const { row } = await createRate(requesterAt(sql, at), rate, null, null);
  expect(row.at).toEqual(second);
  expect(Number((await observe(at)).rate)).toBe(1.1);
  const signals = await sql`select kind, origin from outbox where client_id = ${clientId}`;
  expect([...signals]).toEqual([{ kind: 'configurationChanged', origin: 'fleet' }]);
  const later = { ...rate, at: new Date(at + 200) };
  expect((await createRate(requesterAt(sql, at), later, null, null)).replayed).toBe(true);
});

test('an entry occurs in a whole second, whether its time was given or not', async () => {
  const { sql } = database;
  const clientId = await insertClient(sql, at);
  const dated = { ...entry(clientId, 'charge', '-1', 'dated'), occurredAt: at };
  expect((await recordEntry(requesterAt(sql, at), dated, { now: at })).occurredAt).toEqual(second);
  expect(await recordEntry(requesterAt(sql, at), dated, { now: at })).toMatchObject({ replayed: true });
  expect(await recordEntry(requesterAt(sql, at), { ...dated, occurredAt: at + 200 }, { now: at })).toMatchObject({
    replayed: true,
  });
  await expect(
    recordEntry(requesterAt(sql, at), { ...dated, occurredAt: at + 1000 }, { now: at }),
  ).rejects.toMatchObject({
    code: 'conflict',
  });
  const undated = entry(clientId, 'payment', '5', 'undated');
  const posted = await recordEntry(requesterAt(sql, at), undated, { now: at });
  expect([posted.occurredAt, posted.recordedAt]).toEqual([second, new Date(at)]);
  const elsewhere = { ...undated, source: 'webhook:bank', occurredAt: at + 60_000 };
  expect(await recordEntry(requesterAt(sql, at), elsewhere, { now: at })).toMatchObject({ replayed: true });
  const [balance] = await sql`
    select last_charge_at as charged, last_refill_at as refilled from balances where client_id = ${clientId}`;
  expect(balance).toEqual({ charged: second, refilled: second });
});

test('so do the instants of a temporary credit', async () => {
  const { sql } = database;
  const clientId = await insertClient(sql, at);
  const until = new Date(at + 86_400_000).toISOString();
  const settings = { warningHours: 0.0001 };
  const granted = await grantTemporaryCredit(
    requesterAt(sql, at),
    clientId,
    { requestId: 'one', amount: '5', validUntil: until, reason: 'test' },
    settings,
  );
  const change = { grantId: granted.id, requestId: 'two', validUntil: new Date(at + 7_200_000).toISOString() };
  await changeTemporaryCredit(requesterAt(sql, at + 1100), clientId, { ...change, reason: 'test' }, settings);
  await advanceTemporaryCredit(requesterAt(sql, at + 7_199_000), clientId, granted.id, 'warn');
  await advanceTemporaryCredit(requesterAt(sql, at + 7_200_100), clientId, granted.id, 'revert');
  const [row] = await sql<Record<string, Date>[]>`
    select valid_from, valid_until, warn_at, warned_at, ended_at, created_at from temporary_credits`;
  expect(Object.values(row ?? {}).map((instant) => instant?.getMilliseconds())).toEqual([0, 0, 0, 0, 0, 0]);
});

test('and the creation of a client, from which its inactivity counts', async () => {
  const [row] = await database.sql<{ at: Date }[]>`
    insert into clients (reseller_id, name, currency, balance_model) values (1, 'New', 'USD', 'prepaid')
    returning created_at as at`;
  expect(row?.at.getMilliseconds()).toBe(0);
});
