import postgres from 'postgres';
import { toRoleError } from '../../../src/storage/system/database-roles.js';
import { openDatabase } from '../../../src/storage/system/database.js';
import { compareSchema, migrate, requireSchema } from '../../../src/storage/system/migrate.js';
import { createEmptyDatabase, createTestDatabase, type TestDatabase } from '../../support/database/postgres';

let database: TestDatabase;

beforeEach(async () => {
  database = await createTestDatabase();
});
afterEach(() => database.drop());

test('a migrated database is not migrated again', async () => {
  expect((await migrate(database.sql)).applied).toEqual([]);
  await expect(requireSchema(database.sql)).resolves.toBeUndefined();
});

test('an empty database is migrated, also by several processes at once', async () => {
  const empty = await createEmptyDatabase();
  const others = [1, 2, 3].map(() => openDatabase(empty.url, { max: 1 }));
  try {
    await expect(requireSchema(empty.sql)).rejects.toThrow('run "npm run migrate"');
    const reports = await Promise.all(others.map((sql) => migrate(sql)));
    expect(reports.map(({ applied }) => applied.length > 0).filter(Boolean)).toHaveLength(1);
    const { found, wanted } = await compareSchema(empty.sql);
    expect(found).toBe(wanted);
  } finally {
    await Promise.all(others.map((sql) => sql.end()));
    await empty.drop();
  }
});

describe('a database of another baseline is refused with the command that recreates it', () => {
  test.each([
    ['its first step has another name', 'an_older_first_step', /it has an_older_first_step where this program has/],
    ['its first step was edited', null, /was edited after it was applied/],
  ])('%s', async (_name, name, difference) => {
    await database.sql`
      update schema_migrations set checksum = 'other', name = coalesce(${name}, name) where version = 1`;
    for (const attempt of [migrate, requireSchema]) {
      await expect(attempt(database.sql)).rejects.toThrow(difference);
      await expect(attempt(database.sql)).rejects.toThrow('npm start -- --reset');
      await expect(attempt(database.sql)).rejects.toThrow('dropdb');
    }
  });

  test('also where it has more steps than this program', async () => {
    await database.sql`update schema_migrations set checksum = 'other'`;
    await database.sql`insert into schema_migrations (version, name, checksum) values (999999, 'later', '')`;
    await expect(migrate(database.sql)).rejects.toThrow('another baseline');
  });
});

test('a server without the roles of the service is to be migrated first', async () => {
  const fault = async (role: string): Promise<unknown> => {
    const sql = postgres(database.url, { max: 1, connection: { role } });
    return sql`select 1`
      .then(
        () => null,
        (error: unknown) => toRoleError(error),
      )
      .finally(() => sql.end());
  };
  expect(await fault('no_such_role')).toMatchObject({
    name: 'SchemaError',
    message: expect.stringContaining('npm run migrate'),
  });
});

test('a database of a newer program is not recreated: the newer version is to be deployed', async () => {
  await database.sql`insert into schema_migrations (version, name, checksum) values (999999, 'future', '')`;
  await expect(migrate(database.sql)).rejects.toThrow(/newer than this program.*deploy the newer version/);
});
