import { spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import path from 'node:path';
import { createInterface } from 'node:readline';
import type { TestWorkflowEnvironment } from '@temporalio/testing';
import type { Check } from '../../src/observability/ops-server.js';
import { runLowwater } from '../support/run/lowwater.js';
import { createEmptyDatabase, createTestDatabase, type TestDatabase } from '../support/database/postgres.js';
import { insertEvent } from '../support/data/events.js';
import { startSmtpSink, type SmtpSink } from '../support/mail/smtp.js';
import { createLocalEnv } from '../support/temporal/temporal.js';

const main = path.resolve(__dirname, '../../dist/src/cli/main.js');
/** No server listens there. */
const nowhere = '127.0.0.1:1';

let database: TestDatabase;
beforeAll(async () => {
  database = await createTestDatabase();
});
afterAll(() => database.drop());

function settings(changed: Record<string, string> = {}): Record<string, string> {
  return {
    DATABASE_URL: database.url,
    TEMPORAL_ADDRESS: nowhere,
    SMTP_URL: `smtp://${nowhere}`,
    WORKER_OPS_PORT: '0',
    ...changed,
  };
}

describe('a worker that cannot start says why and ends, so that it can be started again', () => {
  test('without a database', async () => {
    const { code, stderr } = await runLowwater(
      ['worker'],
      settings({ DATABASE_URL: `postgres://u:hunter2@${nowhere}/x` }),
    );

    expect(code).toBe(1);
    expect(stderr).toContain('ECONNREFUSED');
    expect(stderr).not.toContain('hunter2');
  });

  test('without a schema', async () => {
    const empty = await createEmptyDatabase();
    const { code, stderr } = await runLowwater(['worker'], settings({ DATABASE_URL: empty.url }));
    await empty.drop();

    expect(code).toBe(1);
    expect(stderr).toContain('npm run migrate');
  });

  test('without Temporal', async () => {
    const { code, stderr } = await runLowwater(['worker'], settings());

    expect(code).toBe(1);
    expect(stderr).toContain('Failed:');
  }, 60_000);
});

describe('a worker at work', () => {
  let env: TestWorkflowEnvironment;
  let child: ChildProcess;
  let opsUrl: string;
  let sink: SmtpSink;

  beforeAll(async () => {
    env = await createLocalEnv();
    sink = await startSmtpSink();
    child = spawn(process.execPath, [main, 'worker'], {
      env: {
        ...process.env,
        ...settings({ TEMPORAL_ADDRESS: env.address, SMTP_URL: sink.url, STAFF_EMAIL: 'staff@operator.example' }),
      },
      stdio: ['ignore', 'ignore', 'pipe'],
    });
    opsUrl = await opsUrlOf(child);
  }, 60_000);
  afterAll(async () => {
    child?.kill('SIGKILL');
    await sink?.stop();
    await env?.teardown();
  });

  test('is ready, and shows its numbers beside those of the SDK', async () => {
    const ready = await fetch(`${opsUrl}/readyz`);
    const metrics = await (await fetch(`${opsUrl}/metrics`)).text();

    expect([ready.status, ((await ready.json()) as { checks: Check[] }).checks.every(({ ok }) => ok)]).toEqual([
      200,
      true,
    ]);
    expect(metrics).toMatch(/^lowwater_build_info\{version="\d+\.\d+\.\d+"\} 1$/m);
    expect(metrics).toMatch(/^lowwater_outbox_depth 0$/m);
    expect(metrics).toMatch(/^temporal_num_pollers\{/m);
  });

  test('emails staff about an event, whichever process raised it', async () => {
    await insertEvent(database.sql, { paymentId: 'pay-7', detail: 'the client is billed in USD' });
    const [email] = await sink.waitFor(1, 30_000);

    expect(email).toMatchObject({ to: ['staff@operator.example'], subject: 'Lowwater: Payment rejected' });
    expect(email?.text).toContain('Payment pay-7 of 5.00 EUR was not recorded: the client is billed in USD.');
    expect(email?.text).toContain('Payment ID: pay-7');
  });

  test('ends by itself when it is asked to, and leaves nothing that keeps it', async () => {
    const ended = once(child, 'exit');
    child.kill('SIGTERM');

    expect(await ended).toEqual([0, null]);
  });
});

/** The log says where the operations port is. */
async function opsUrlOf(process: ChildProcess): Promise<string> {
  if (!process.stderr) throw new Error('no log');
  const lines = createInterface(process.stderr);
  for await (const line of lines) {
    const { ops } = JSON.parse(line) as { ops?: string };
    if (ops !== undefined) {
      process.stderr.resume();
      return ops;
    }
  }
  throw new Error('the worker ended before it was ready');
}
