import type { NewEntry } from '../../../src/domain/ledger/entry.js';
import { recordEachEntry, recordEntry } from '../../../src/services/ledger/record-entries.js';
import type { Requester } from '../../../src/services/change.js';
import { openDatabase, type Sql } from '../../../src/storage/system/database.js';
import { operatorScope, resellerScope } from '../../../src/storage/system/scope.js';
import { createTestDatabase, type TestDatabase } from '../../support/database/postgres.js';

/** Ids of payments are one within a reseller: none can probe or block another, and a repetition stays a repetition. */

let database: TestDatabase;
let asReseller: Sql;

const operator = '1';
const a = '2';
const managerOfA = '3';
const b = '4';

beforeAll(async () => {
  database = await createTestDatabase();
  asReseller = openDatabase(database.url, { role: 'reseller', max: 2 });
  await database.sql`
    insert into resellers (id, parent_id, kind, name, path) values
      (1, null, 'operator', 'Operator', '{1}'), (2, 1, 'reseller', 'A', '{1,2}'),
      (3, 2, 'manager', 'Of A', '{1,2,3}'), (4, 1, 'reseller', 'B', '{1,4}')`;
});
afterAll(async () => {
  await asReseller.end();
  await database.drop();
});

async function newClient(resellerId: string, managerId: string | null = null): Promise<string> {
  const [row] = await database.sql<{ id: string }[]>`
    insert into clients (reseller_id, manager_id, name, currency, balance_model)
    values (${resellerId}, ${managerId}, 'Customer', 'USD', 'prepaid') returning id`;
  const id = row?.id ?? '';
  await database.sql`insert into balances (client_id) values (${id})`;
  return id;
}

const as = (resellerId: string): Requester => ({
  scope: resellerId === operator ? operatorScope(database.sql, operator) : resellerScope(asReseller, resellerId),
  actor: { id: 'user:1', source: 'web' },
  now: Date.now(),
});

let serial = 0;
const newId = (): string => `pay-${++serial}`;
const payment = (clientId: string, externalId: string, amount = 5_000_000n): NewEntry => ({
  ...{ clientId, externalId, amount, kind: 'payment', currency: 'USD', source: 'test' },
});

const outcome = async (requester: Requester, entry: NewEntry): Promise<string> => {
  try {
    return (await recordEntry(requester, entry)).replayed ? 'replayed' : 'posted';
  } catch (error) {
    return `${(error as { code: string }).code} ${(error as { pointer: string }).pointer}`;
  }
};

test('two resellers, the operator, and a batch of all of them use the same id', async () => {
  const id = newId();
  const clients = await Promise.all([operator, a, b].map((owner) => newClient(owner)));
  const entries = clients.map((clientId) => payment(clientId, id));
  const results = await recordEachEntry(as(operator), [...entries, ...entries]);
  expect(results.map((result) => result.ok && result.entry.replayed)).toEqual([false, false, false, true, true, true]);
});

test('a reseller does not learn that another one uses an id', async () => {
  const id = newId();
  expect(await outcome(as(b), payment(await newClient(b), id))).toBe('posted');
  expect(await outcome(as(a), payment(await newClient(a), id))).toBe('posted');
});

test('within a reseller an id is taken, also by a client that a manager does not see', async () => {
  const id = newId();
  expect(await outcome(as(a), payment(await newClient(a), id))).toBe('posted');
  expect(await outcome(as(a), payment(await newClient(a), id))).toBe('conflict /id');
  const managed = await newClient(a, managerOfA);
  expect(await outcome(as(managerOfA), payment(managed, id))).toBe('conflict /id');
  expect(await outcome(as(managerOfA), payment(managed, newId()))).toBe('posted');
});

test('posted at once for clients of two resellers it is one payment in each', async () => {
  const id = newId();
  const owners = [a, b, a, b, a, b];
  const clients = await Promise.all(owners.map((owner) => newClient(owner)));
  const outcomes = await Promise.all(clients.map((clientId) => outcome(as(operator), payment(clientId, id))));
  for (const owner of [a, b]) {
    const own = outcomes.filter((_, place) => owners[place] === owner).sort();
    expect(own).toEqual(['conflict /id', 'conflict /id', 'posted']);
  }
});

describe('a client that moves to another reseller', () => {
  const move = (clientId: string): Promise<unknown> =>
    database.sql`update clients set reseller_id = ${b} where id = ${clientId}`;

  test('keeps its payments: repeated, they change nothing', async () => {
    const [id, clientId] = [newId(), await newClient(a)];
    await outcome(as(a), payment(clientId, id));
    await move(clientId);
    expect(await outcome(as(b), payment(clientId, id))).toBe('replayed');
    expect(await outcome(as(b), payment(clientId, id, 6_000_000n))).toBe('conflict /id');
    expect(await outcome(as(b), payment(await newClient(b), id))).toBe('conflict /id');
  });

  test('leaves their ids taken where they were recorded', async () => {
    const [id, clientId] = [newId(), await newClient(a)];
    await outcome(as(a), payment(clientId, id));
    await move(clientId);
    expect(await outcome(as(a), payment(await newClient(a), id))).toBe('conflict /id');
  });

  test('and has an id that is taken there too repeats its own payment, and the other client its own', async () => {
    const [id, moved, other] = [newId(), await newClient(a), await newClient(b)];
    await outcome(as(a), payment(moved, id, 5_000_000n));
    await outcome(as(b), payment(other, id, 7_000_000n));
    await move(moved);
    expect(await outcome(as(b), payment(moved, id, 5_000_000n))).toBe('replayed');
    expect(await outcome(as(b), payment(other, id, 7_000_000n))).toBe('replayed');
  });
});
