import { Readable } from 'node:stream';
import { createUserCommand } from '../../../src/cli/access/create-user.js';
import { setPasswordCommand } from '../../../src/cli/access/set-password.js';
import { firstLogin } from '../../../local-stack/src/start/first-login.js';
import { setLogin, findByEmail } from '../../../src/cli/access/users.js';
import { countAttempt } from '../../../src/storage/access/login-throttles.js';
import { findLogin } from '../../../src/storage/access/logins.js';
import { ensureOperator } from '../../../src/storage/resellers/operator.js';
import { isPassword } from '../../../src/storage/access/passwords.js';
import { createTestDatabase, type TestDatabase } from '../../support/database/postgres.js';
import { makeDataDir } from '../../support/run/lowwater.js';
import { mkdirSync } from 'node:fs';

let database: TestDatabase;
let printed: string;
const environment = { ...process.env };
const stdin = Object.getOwnPropertyDescriptor(process, 'stdin');

beforeAll(async () => {
  database = await createTestDatabase();
});
afterAll(() => database.drop());
beforeEach(() => {
  printed = '';
  process.env['DATABASE_URL'] = database.url;
  jest.spyOn(process.stdout, 'write').mockImplementation((text) => Boolean((printed += String(text))));
  jest.spyOn(process.stderr, 'write').mockReturnValue(true);
});
afterEach(() => {
  jest.restoreAllMocks();
  process.env = { ...environment };
  process.exitCode = undefined;
  if (stdin) Object.defineProperty(process, 'stdin', stdin);
});

async function createUser(...args: string[]): Promise<number | string | undefined> {
  await createUserCommand().parseAsync(args, { from: 'user' });
  return process.exitCode;
}

async function setPassword(...args: string[]): Promise<number | string | undefined> {
  await setPasswordCommand().parseAsync(args, { from: 'user' });
  return process.exitCode;
}

function type(text: string): void {
  Object.defineProperty(process, 'stdin', { value: Readable.from([text]), configurable: true });
}

async function worksFor(email: string, password: string): Promise<boolean> {
  const login = await findLogin(database.sql, email);
  return login?.status === 'active' && (await isPassword(password, login.passwordHash));
}

describe('lowwater create-user', () => {
  test('makes the operator and an administrator, and prints nothing but the password', async () => {
    expect(await createUser('root@carrier.example', '--operator', 'Carrier One', '--name', 'Root')).toBe(0);
    expect(printed).toMatch(/^(\w{4}-){3}\w{4}\n$/);
    expect(await worksFor('root@carrier.example', printed.trim())).toBe(true);
    const operator = await ensureOperator(database.sql, 'Somebody Else');
    const user = await findByEmail(database.sql, operator.id, 'ROOT@carrier.example');
    expect(user).toMatchObject({ name: 'Root', role: 'admin', resellerName: 'Carrier One', hasPassword: true });
    const rows =
      await database.sql`select actor, source, action from audit where subject_id = ${user?.id ?? ''} order by id`;
    expect(rows).toEqual([
      { actor: 'system', source: 'cli', action: 'user.create' },
      { actor: 'system', source: 'cli', action: 'user.set_password' },
    ]);
  });

  test('takes the password from stdin and does not show it', async () => {
    type('violet tractor lamp 9\r\n');
    expect(await createUser('sre@carrier.example', '--role', 'sre', '--password-stdin', '--json')).toBe(0);
    expect(JSON.parse(printed)).toEqual({ id: expect.any(String), email: 'sre@carrier.example', password: null });
    expect(await worksFor('sre@carrier.example', 'violet tractor lamp 9')).toBe(true);
  });

  test.each([
    ['an address that is taken', 5, ['root@carrier.example'], ''],
    ['an address that is none', 2, ['root'], ''],
    ['a bad password', 2, ['weak@carrier.example', '--password-stdin'], 'password1234\n'],
    ['no password', 2, ['weak@carrier.example', '--password-stdin'], ''],
  ])('refuses %s', async (_name, code, args, typed) => {
    type(typed);
    expect(await createUser(...args)).toBe(code);
    expect(printed).toBe('');
    expect(await database.sql`select 1 from users where email = 'weak@carrier.example'`).toHaveLength(0);
  });
});

describe('lowwater set-password', () => {
  test('opens the account again, whatever closed it', async () => {
    const email = 'root@carrier.example';
    await database.sql`update users set status = 'disabled' where email = ${email}`;
    const attempt = { account: email, address: '203.0.113.7' };
    for (let tries = 0; tries < 6; tries++) await countAttempt(database.sql, attempt, Date.now());
    expect(await setPassword(email)).toBe(0);
    expect(await worksFor(email, printed.trim())).toBe(true);
    expect(await countAttempt(database.sql, attempt, Date.now())).toEqual({ allowed: true });
  });

  test('knows nobody else', async () => {
    expect(await setPassword('nobody@carrier.example')).toBe(3);
    expect(printed).toBe('');
  });
});

describe('the first login of lowwater start', () => {
  const email = 'admin@lowwater.localhost';
  const { dataDir, remove } = makeDataDir();

  beforeAll(() => mkdirSync(dataDir, { recursive: true }));
  afterAll(() => remove());

  test('is not made where others can log in already', async () => {
    expect(await firstLogin(database.sql, dataDir, email)).toBeNull();
  });

  test('is made once, told again while it works, and told without the password when that was changed', async () => {
    const fresh = await createTestDatabase();
    try {
      const operator = await ensureOperator(fresh.sql, 'Operator');
      const first = await firstLogin(fresh.sql, dataDir, email);
      expect(first).toEqual({ email, password: expect.any(String) });
      expect(await firstLogin(fresh.sql, dataDir, 'another@lowwater.localhost')).toEqual(first);
      const user = await findByEmail(fresh.sql, operator.id, email);
      expect(user?.role).toBe('admin');
      if (user)
        await setLogin(fresh.sql, operator.id, user, { password: 'violet tractor lamp 9', resetsSecondFactor: false });
      expect(await firstLogin(fresh.sql, dataDir, email)).toEqual({ email, password: null });
    } finally {
      await fresh.drop();
    }
  });
});
