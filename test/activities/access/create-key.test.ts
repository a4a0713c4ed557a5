import { createKeyCommand } from '../../../src/cli/access/create-key.js';
import { authenticateKey } from '../../../src/storage/access/api-keys.js';
import { createEmptyDatabase, createTestDatabase, type TestDatabase } from '../../support/database/postgres.js';

describe('lowwater create-key', () => {
  let database: TestDatabase;
  let printed: string;
  const environment = { ...process.env };

  beforeAll(async () => {
    database = await createTestDatabase();
  });
  afterAll(() => database.drop());
  beforeEach(() => {
    printed = '';
    jest.spyOn(process.stdout, 'write').mockImplementation((text) => Boolean((printed += String(text))));
    jest.spyOn(process.stderr, 'write').mockReturnValue(true);
  });
  afterEach(() => {
    jest.restoreAllMocks();
    process.env = { ...environment };
    process.exitCode = undefined;
  });

  async function run(url: string, ...args: string[]): Promise<number | string | undefined> {
    process.env['DATABASE_URL'] = url;
    await createKeyCommand().parseAsync(args, { from: 'user' });
    return process.exitCode;
  }

  test('makes the operator and a key that may do everything, and prints nothing but it', async () => {
    expect(await run(database.url, '--operator', 'Carrier One', '--name', 'first')).toBe(0);

    const found = await authenticateKey(database.sql, printed.trim(), Date.now());

    expect(found).toMatchObject({
      row: { name: 'first', resellerName: 'Carrier One', isOperator: true, scopes: ['*'] },
    });
  });

  test('says in the audit which key was made, without the key', async () => {
    expect(await run(database.url, '--json', '--name', 'audited')).toBe(0);

    const { id, key } = JSON.parse(printed) as { id: string; key: string };
    const rows = await database.sql<{ text: string }[]>`
      select concat_ws(' ', actor, source, action, after) as text from audit
      where subject_type = 'api_key' and subject_id = ${id}`;

    expect(rows).toEqual([{ text: expect.stringMatching(/^system cli api_key\.create .*"name": "audited"/) }]);
    expect(rows[0]?.text).not.toContain(key.split('_')[3]);
  });

  test('makes another key for the operator that is there', async () => {
    expect(await run(database.url, '--json', '--operator', 'Somebody Else')).toBe(0);

    const { id, key } = JSON.parse(printed) as { id: string; key: string };
    const found = await authenticateKey(database.sql, key, Date.now());

    expect(found).toMatchObject({ row: { id, resellerName: 'Carrier One' } });
    expect(await database.sql`select 1 from resellers`).toHaveLength(1);
  });

  test('wants the schema first', async () => {
    const empty = await createEmptyDatabase();
    try {
      expect(await run(empty.url)).toBe(1);
      expect(printed).toBe('');
    } finally {
      await empty.drop();
    }
  });
});
