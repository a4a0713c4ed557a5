import { statSync } from 'node:fs';
import { createServer, type Server } from 'node:net';
import path from 'node:path';
import { greeting } from '../support/mail/greeting.js';
import { Connection } from '@temporalio/client';
import { msToTs } from '@temporalio/common/lib/time';
import postgres from 'postgres';
import {
  makeDataDir,
  recordedProcesses,
  runLowwater,
  startLowwater,
  stillRunning,
  until,
  type RunningLowwater,
} from '../support/run/lowwater.js';

// A start takes some seconds, on a busy machine many; nothing here depends on how many.
jest.setTimeout(120_000);

/** The printed link lets a browser in, and the token a program; without them the emails are closed. */
async function expectMailboxOfToken({ mailbox, mailboxApi, mailboxToken }: RunningLowwater['ready']): Promise<void> {
  const entered = await fetch(mailbox ?? '', { redirect: 'manual' });
  expect(entered.status).toBe(303);
  const cookie = (entered.headers.get('set-cookie') ?? '').split(';')[0] ?? '';
  expect((await fetch(new URL('/', mailbox ?? ''), { headers: { cookie } })).status).toBe(200);
  expect(await statusOf(mailboxApi ?? '')).toBe(401);
  const asProgram = await fetch(mailboxApi ?? '', { headers: { authorization: `Bearer ${mailboxToken}` } });
  expect(await asProgram.json()).toEqual([]);
}

/** One folder, started four times: as new, again after Ctrl-C, after the death of npm, after a SIGKILL. */
describe('lowwater start', () => {
  const { dataDir, remove } = makeDataDir();
  const args = ['--empty', '--port', '0', '--data-dir', dataDir];
  let running: RunningLowwater | undefined;
  let first: RunningLowwater['ready'];

  const start = async (through: 'node' | 'npm' = 'node'): Promise<RunningLowwater> =>
    (running = await startLowwater(args, through));

  afterAll(async () => {
    await running?.end('SIGTERM');
    remove();
  });

  test('prints one line that says where everything is, and all of it answers', async () => {
    const { ready } = await start();
    first = ready;

    expect(Object.keys(ready)).toEqual([
      ...['api', 'docs', 'mailbox', 'mailboxApi', 'mailboxToken', 'smtp', 'temporal', 'temporalUi', 'database'],
      ...['apiKey', 'login'],
    ]);
    const pages = [`${ready.api}/livez`, ready.docs, ready.temporalUi ?? ''];
    expect(await Promise.all(pages.map(statusOf))).toEqual([200, 200, 200]);
    await expectMailboxOfToken(ready);
    // Only the user who started Lowwater reads these, even if that is root and PostgreSQL's user can enter the folder.
    const modeOf = (name: string): number => statSync(path.join(dataDir, name)).mode & 0o777;
    expect(['mailbox', 'logs'].map(modeOf)).toEqual([0o700, 0o700]);
    expect(['mailbox-token', 'api-key', 'login', 'secret-key', 'logs/api.log'].map(modeOf)).toEqual(
      Array(5).fill(0o600),
    );
    expect(await greeting(ready.smtp)).toMatch(/^220 /);
    expect(await scheduleCount(ready.temporal)).toBeGreaterThan(0);
    const sql = postgres(ready.database, { max: 1, onnotice: () => undefined });
    await sql`create table kept_over_restarts as select 42 as answer`;
    await sql.end();
    const withKey = await fetch(`${ready.api}/v1/meta`, { headers: { authorization: `Bearer ${ready.apiKey}` } });
    expect(withKey.status).toBe(200);
    expect(ready.login).toEqual({
      email: 'admin@lowwater.localhost',
      password: expect.stringMatching(/^(\w{4}-){3}\w{4}$/),
    });
    expect(await loginStatus(ready)).toBe(201);
  });

  test('is found by its folder: doctor is content, a second start is refused', async () => {
    const doctor = await runLowwater(['doctor', '--json', '--data-dir', dataDir]);
    expect(JSON.parse(doctor.stdout)).toMatchObject({ ok: true });
    expect(doctor.code).toBe(0);

    const second = await runLowwater(['start', ...args]);
    expect(second.stderr).toContain(`already running in ${dataDir}`);
    expect(second.stderr).toContain(`kill ${running?.pid}`);
    expect(second.code).toBe(5);
  });

  test('servers of one’s own take the place of the embedded ones', async () => {
    const namespace = 'own-servers';
    await makeNamespace(first.temporal, namespace);
    const sql = postgres(first.database, { max: 1, onnotice: () => undefined });
    await sql`create database own_server`;
    await sql.end();
    const own = makeDataDir();
    const other = await startLowwater(['--empty', '--port', '0', '--data-dir', own.dataDir], 'node', {
      DATABASE_URL: first.database.replace(/[^/]*$/, 'own_server'),
      TEMPORAL_ADDRESS: first.temporal,
      TEMPORAL_NAMESPACE: namespace,
      SMTP_URL: first.smtp,
    });
    try {
      expect(Object.keys(recordedProcesses(own.dataDir))).toEqual(['worker', 'api']);
      expect(other.ready).toMatchObject({ temporal: first.temporal, smtp: first.smtp, mailbox: null });
      expect(other.ready.database).toMatch(/^postgres:\/\/lowwater:\*\*\*@.*\/own_server$/);
      const headers = { authorization: `Bearer ${other.ready.apiKey}` };
      expect((await fetch(`${other.ready.api}/v1/meta`, { headers })).status).toBe(200);
      expect((await fetch(`${other.ready.api}/readyz`)).status).toBe(200);
    } finally {
      await other.end('SIGTERM');
      own.remove();
    }
  });

  test('a worker that dies is started again', async () => {
    const before = recordedProcesses(dataDir)['worker'];
    process.kill(before?.pid ?? 0, 'SIGKILL');
    await until('the worker is back', async () => {
      const now = recordedProcesses(dataDir)['worker'];
      return now?.pid !== before?.pid && (await runLowwater(['doctor', '--data-dir', dataDir])).code === 0;
    });
    expect(running?.stderr()).toContain('The worker ended (SIGKILL). Restarting it.');
  });

  test('Ctrl-C stops everything, the last started first, and leaves no process behind', async () => {
    const processes = recordedProcesses(dataDir);
    expect(Object.keys(processes)).toEqual(['worker', 'api', 'postgres', 'temporal']);
    const { code, stdout, stderr } = (await running?.end('SIGINT')) ?? { code: null, stdout: '', stderr: '' };

    expect(code).toBe(130);
    expect(stdout.trim().split('\n')).toHaveLength(1);
    const stopped = [...stderr.matchAll(/^ {2}(\w+) +stopped/gm)].map((match) => match[1]);
    expect(stopped).toEqual(['API', 'Worker', 'Mailbox', 'Temporal', 'PostgreSQL']);
    expect(stillRunning(processes)).toEqual([]);
  });

  test('the next start finds everything as it was', async () => {
    const { ready } = await start('npm');
    expect([ready.apiKey, ready.login]).toEqual([first.apiKey, first.login]);
    expect(await loginStatus(ready)).toBe(201);
    const sql = postgres(ready.database, { max: 1 });
    expect(await sql`select answer from kept_over_restarts`).toEqual([{ answer: 42 }]);
    await sql.end();
    expect(await scheduleCount(ready.temporal)).toBeGreaterThan(0);
  });

  test('the end of npm is the end of what it has started, and the next start waits for it', async () => {
    const processes = recordedProcesses(dataDir);
    expect(stillRunning(processes)).toHaveLength(4);
    // npm passes no signal on to what its shell runs, and this one it cannot even see.
    running?.kill('SIGKILL');

    const again = await start();
    expect(again.ready.apiKey).toBe(first.apiKey);
    expect(stillRunning(processes)).toEqual([]);
  });

  test('a killed parent leaves nothing that stands in the way of the next start', async () => {
    const processes = recordedProcesses(dataDir);
    await running?.end('SIGKILL');
    expect(stillRunning(processes)).toEqual(expect.arrayContaining(['postgres', 'temporal']));

    const again = await start();
    expect(again.ready.apiKey).toBe(first.apiKey);
    expect(await statusOf(`${again.ready.api}/livez`)).toBe(200);
    expect(stillRunning(processes)).toEqual([]);

    const left = recordedProcesses(dataDir);
    expect((await again.end('SIGTERM')).code).toBe(0);
    expect(stillRunning(left)).toEqual([]);
  });

  test('a database of another baseline is refused with the command that recreates it, and that command does', async () => {
    const { ready, end } = await start();
    const sql = postgres(ready.database, { max: 1 });
    await sql`update schema_migrations set checksum = 'of another baseline' where version = 1`;
    await sql.end();
    await end('SIGTERM');
    const refused = await runLowwater(['start', ...args]);
    expect(refused.stderr).toContain('npm start -- --reset');
    expect(refused.code).toBe(1);

    running = await startLowwater([...args, '--reset']);
    const fresh = postgres(running.ready.database, { max: 1 });
    expect(await fresh`select to_regclass('kept_over_restarts') as kept`).toEqual([{ kept: null }]);
    await fresh.end();
    expect(running.ready.apiKey).not.toBe(first.apiKey);
    expect(await loginStatus(running.ready)).toBe(201);
    await running.end('SIGTERM');
  });
});

/** Logging in on the web page with what the start has printed. */
async function loginStatus(ready: RunningLowwater['ready']): Promise<number> {
  const headers = { 'content-type': 'application/json' };
  const reply = await fetch(`${ready.api}/v1/session`, { method: 'POST', headers, body: JSON.stringify(ready.login) });
  return reply.status;
}

describe('lowwater start says what is wrong', () => {
  const { dataDir, remove } = makeDataDir();
  let holder: Server;
  let port: number;

  beforeAll(async () => {
    holder = createServer();
    await new Promise<void>((resolve) => holder.listen(0, '127.0.0.1', resolve));
    const address = holder.address();
    port = typeof address === 'object' && address !== null ? address.port : 0;
  });
  afterAll(async () => {
    await new Promise((resolve) => holder.close(resolve));
    remove();
  });

  test('a busy port: which, who holds it, what to do', async () => {
    const { code, stdout, stderr } = await runLowwater([
      ...['start', '--empty', '--json', '--port', String(port), '--data-dir', dataDir],
    ]);
    expect(stderr).toMatch(new RegExp(`Port ${port}, wanted for the API, is taken`));
    if (process.platform === 'linux') expect(stderr).toContain(`by process ${process.pid}`);
    expect(stderr).toContain('--port');
    expect(stdout).toBe('');
    expect(code).toBe(1);
  });

  test('settings that are not usable, all at once', async () => {
    const { code, stderr } = await runLowwater(['start', '--data-dir', dataDir], {
      DATABASE_URL: 'mysql://nowhere',
      LOG_LEVEL: 'loud',
    });
    expect(stderr).toContain('DATABASE_URL');
    expect(stderr).toContain('LOG_LEVEL');
    expect(code).toBe(2);
  });

  test.each([
    [
      'a database',
      { DATABASE_URL: 'postgres://me:secret@127.0.0.1:1/x' },
      /PostgreSQL: postgres:\/\/me:\*\*\*@127\.0\.0\.1:1\/x: .*Check DATABASE_URL/s,
    ],
    ['a Temporal server', { TEMPORAL_ADDRESS: '127.0.0.1:1' }, /Temporal: 127\.0\.0\.1:1: .*Check TEMPORAL_ADDRESS/s],
  ])('%s of one’s own that does not answer', async (_name, environment, told) => {
    const { code, stderr } = await runLowwater(['start', '--empty', '--port', '0', '--data-dir', dataDir], environment);
    expect(stderr).toMatch(told);
    expect(stderr).not.toMatch(/secret|node_modules/);
    expect(code).toBe(1);
  });

  test('--reset with a database of one’s own', async () => {
    const { code, stderr } = await runLowwater(['start', '--reset', '--data-dir', dataDir], {
      DATABASE_URL: 'postgres://me:secret@127.0.0.1:1/x',
    });
    expect(stderr).toContain('drop and create that database');
    expect(code).toBe(2);
  });

  test.each([['worker'], ['api'], ['migrate'], ['create-key', '--name', 'x']])(
    '%s without its database sends to the doctor',
    async (...args) => {
      const { code, stderr } = await runLowwater(args, {
        DATABASE_URL: 'postgres://me:secret@127.0.0.1:1/x',
        TEMPORAL_ADDRESS: '127.0.0.1:1',
        ...{ SMTP_URL: 'smtp://127.0.0.1:1', API_PORT: '0', WORKER_OPS_PORT: '0' },
      });
      expect(stderr).toContain('Lowwater cannot reach one of its servers: connect ECONNREFUSED 127.0.0.1:1');
      expect(stderr).toContain('npm run doctor');
      expect(stderr).not.toMatch(/secret|node_modules/);
      expect(code).toBe(1);
    },
  );

  test('a Temporal program that is not there', async () => {
    const { code, stderr } = await runLowwater(['start', '--empty', '--port', '0', '--data-dir', dataDir], {
      TEMPORAL_CLI_PATH: '/nowhere/temporal',
    });
    expect(stderr).toContain('TEMPORAL_CLI_PATH is /nowhere/temporal, which is not a program');
    expect(code).toBe(1);
  });

  test.each([['start'], ['api'], ['worker'], ['migrate'], ['doctor'], ['simulate']])('%s --help', async (command) => {
    const { code, stdout } = await runLowwater([command, '--help']);
    expect(stdout).toContain(`Usage: lowwater ${command}`);
    expect(stdout).toContain('Exit codes');
    expect(code).toBe(0);
  });
});

async function statusOf(url: string): Promise<number> {
  return (await fetch(url)).status;
}

async function scheduleCount(address: string): Promise<number> {
  const connection = await Connection.connect({ address });
  try {
    const { schedules } = await connection.workflowService.listSchedules({ namespace: 'default' });
    return schedules?.length ?? 0;
  } finally {
    await connection.close();
  }
}

async function makeNamespace(address: string, namespace: string): Promise<void> {
  const connection = await Connection.connect({ address });
  try {
    const workflowExecutionRetentionPeriod = msToTs('1 day');
    await connection.workflowService.registerNamespace({ namespace, workflowExecutionRetentionPeriod });
  } finally {
    await connection.close();
  }
}
