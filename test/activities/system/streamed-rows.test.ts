import { openDatabase, type Sql } from '../../../src/storage/system/database.js';
import { readRows, type ListQuery } from '../../../src/storage/system/paging.js';
import { operatorScope, resellerScope, type Scope } from '../../../src/storage/system/scope.js';
import { insertOperator } from '../../support/data/clients.js';
import { createTestDatabase, type TestDatabase } from '../../support/database/postgres.js';

/** All rows of a list, for a reader who takes their time. */

const statementMs = 2000;
const rowCount = 1200;

let database: TestDatabase;
let service: Sql;
let reseller: Sql;

beforeAll(async () => {
  database = await createTestDatabase();
  await insertOperator(database.sql);
  service = openDatabase(database.url, { role: 'service', statementTimeoutMs: statementMs, max: 1 });
  reseller = openDatabase(database.url, { role: 'reseller', statementTimeoutMs: statementMs, max: 1 });
});
afterAll(async () => {
  await Promise.all([service?.end(), reseller?.end()]);
  await database?.drop();
});

const scopes: readonly (readonly [string, () => Scope])[] = [
  ['the operator', () => operatorScope(service, '1')],
  ['a reseller', () => resellerScope(reseller, '1')],
];

/** Numbers with their row of every kind that a second list has in other columns. */
const numbers = (q: Sql): ListQuery<{ readonly n: number }, 'id'> => ({
  columns: { id: { expression: q`n`, type: 'bigint' } },
  select: ({ within, orderBy, limit, position }) => q`
    select n, ${position} as position from generate_series(1, ${rowCount}::int) n
    where ${within} order by ${orderBy} limit ${limit}`,
  count: () => q`select ${rowCount}::int as total`,
});
const words = (q: Sql): ListQuery<{ readonly word: string; readonly at: Date }, 'id'> => ({
  columns: { id: { expression: q`n`, type: 'bigint' } },
  select: ({ within, orderBy, limit, position }) => q`
    select 'word ' || n as word, timestamptz '2026-03-01' as at, ${position} as position from generate_series(1, 2) n
    where ${within} order by ${orderBy} limit ${limit}`,
  count: () => q`select 2 as total`,
});

/** Lets the database's clock pass the time that a statement has. */
async function waitPastTimeout(): Promise<void> {
  await database.sql`select pg_sleep(${statementMs / 1000 + 0.2})`;
}

describe.each(scopes)('for %s', (_name, scopeOf) => {
  test('a reader may take longer than a statement', async () => {
    const read: number[] = [];
    for await (const rows of scopeOf().stream((q) => readRows(q, [], numbers(q as Sql)))) {
      if (read.length === 0) await waitPastTimeout();
      read.push(...rows.map(({ n }) => n));
    }
    expect(read).toEqual(Array.from({ length: rowCount }, (_, index) => index + 1));
  });

  test('another list on the same connection has its own columns', async () => {
    const scope = scopeOf();
    for await (const rows of scope.stream((q) => readRows(q, [], numbers(q as Sql))))
      expect(rows[0]).toHaveProperty('n');
    const parts: unknown[] = [];
    for await (const rows of scope.stream((q) => readRows(q, [], words(q as Sql)))) parts.push(...rows);
    expect(parts).toEqual([
      { word: 'word 1', at: new Date('2026-03-01T00:00:00Z'), position: null },
      { word: 'word 2', at: new Date('2026-03-01T00:00:00Z'), position: null },
    ]);
  });

  test('a reader who goes away leaves the connection to the next one', async () => {
    const scope = scopeOf();
    for await (const rows of scope.stream((q) => readRows(q, [], numbers(q as Sql)))) {
      expect(rows).toHaveLength(500);
      break;
    }
    expect(await scope.read((q) => q`select 1 as one`)).toEqual([{ one: 1 }]);
  });
});
