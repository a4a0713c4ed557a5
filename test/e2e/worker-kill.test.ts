import { spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import path from 'node:path';
import type { TestWorkflowEnvironment } from '@temporalio/testing';
import { SMTPServer } from 'smtp-server';
import { registerSearchAttributes } from '../../src/temporal/search-attributes.js';
import { signalMonitor } from '../../src/temporal/start-monitor.js';
import { createTestDatabase, type TestDatabase } from '../support/database/postgres.js';
import { createLocalEnv } from '../support/temporal/temporal.js';

/**
 * A worker is killed with SIGKILL twenty times, each time at a chosen moment of a delivery. No email, count, or timer
 * may be lost. Only an email whose data was complete may end as uncertain, and it is not sent twice.
 */

const moments = ['connected', 'sender', 'recipient', 'data begins', 'data complete', 'replied'] as const;
type Moment = (typeof moments)[number];

const kills = 20;
const clientsPerKill = 3;
const checkEveryMs = 20_000;

let env: TestWorkflowEnvironment;
let database: TestDatabase;
let mail: WatchedMailServer;
const children = new Set<ChildProcess>();

beforeAll(async () => {
  [env, database, mail] = await Promise.all([createLocalEnv(), createTestDatabase(), startWatchedMailServer()]);
  await registerSearchAttributes(env.connection, 'default');
  await database.sql`
    insert into resellers (id, kind, name, email, path) values (1, 'operator', 'Operator', 'owner@operator.example', '{1}')`;
}, 60_000);

afterAll(async () => {
  for (const child of children) child.kill('SIGKILL');
  await mail?.stop();
  await env?.teardown();
  await database?.drop();
});

test('a worker killed at any moment of a delivery loses no mail, no count and no timer', async () => {
  const clients: string[] = [];
  for (let round = 0; round < kills; round++) {
    const moment = moments[round % moments.length] as Moment;
    const worker = startWorker();
    const reached = mail.next(moment);
    for (const clientId of await insertLowClients(clientsPerKill, round)) {
      clients.push(clientId);
      await signalMonitor(env.client, { clientId, resellerId: '1' }, 'configurationChanged');
    }
    await reached;
    worker.kill('SIGKILL');
    await once(worker, 'exit');
  }
  const last = startWorker();
  await eventually(async () => {
    const [row] = await database.sql<{ open: number }[]>`
      select count(*)::int as open from monitors m
      where (select count(*) from notifications n where n.client_id = m.client_id and n.status in ('accepted', 'uncertain')) < 2
         or m.last_check_at < now() - ${checkEveryMs * 2} * interval '1 ms'`;
    return row?.open === 0;
  });
  last.kill('SIGTERM');
  await once(last, 'exit');

  const rows = await database.sql<
    { clientId: string; rule: string; status: string; messageId: string; count: number; next: Date }[]
  >`
    select n.client_id as "clientId", n.rule, d.status, d.message_id as "messageId",
      (m.rules -> n.rule ->> 'count')::int as count, m.next_check_at as next
    from deliveries d join notifications n on n.id = d.notification_id join monitors m on m.client_id = n.client_id`;
  expect(rows).toHaveLength(clients.length * 2);
  for (const row of rows) {
    const copies = mail.copies.get(row.messageId) ?? 0;
    // No email is lost or sent twice. One is uncertain only if all its data was sent. Then the server has it too,
    // unless the worker died between recording that and sending the last bytes. The operator sees which are uncertain.
    expect({ ...row, copies }).toMatchObject({ count: 1, status: expect.stringMatching(/^(accepted|uncertain)$/) });
    expect(copies).toBeLessThanOrEqual(1);
    if (row.status === 'accepted') expect(copies).toBe(1);
    expect(row.next).not.toBeNull();
  }
  const uncertain = rows.filter(({ status }) => status === 'uncertain').length;
  const killedAfterData = Math.ceil(kills / moments.length) * 2;
  expect(uncertain).toBeLessThanOrEqual(killedAfterData * clientsPerKill * 2);
  // No second notice: the period is a day, and no count was forgotten through all the deaths.
  const [repeated] = await database.sql<
    { notices: number }[]
  >`select count(*)::int as notices from notifications where number > 1 or episode > 1`;
  expect(repeated?.notices).toBe(0);
}, 300_000);

function startWorker(): ChildProcess {
  const child = spawn(process.execPath, [path.join(__dirname, '../../dist/src/worker.js')], {
    env: {
      PATH: process.env['PATH'],
      DATABASE_URL: database.url,
      TEMPORAL_ADDRESS: env.address,
      SMTP_URL: mail.url,
      WORKER_OPS_PORT: '0',
      SPREAD_PERCENT: '0',
      LOG_LEVEL: 'silent',
    },
    stdio: ['ignore', 'ignore', 'inherit'],
  });
  children.add(child);
  child.once('exit', () => children.delete(child));
  return child;
}

/** Clients that are low from the start, with a notice for staff and one for the client. */
async function insertLowClients(count: number, round: number): Promise<string[]> {
  const { sql } = database;
  const [profile] = await sql<{ id: string }[]>`
    insert into profiles (reseller_id, name, currency, max_notifications, period_hours, check_every_ms)
    values (1, 'default', 'USD', 3, 24, ${checkEveryMs}) returning id`;
  const profileId = profile?.id ?? '';
  await sql`insert into profile_rules (profile_id, key, position, threshold, notify_role) values
    (${profileId}, 'user', 0, 100, true), (${profileId}, 'client', 1, 50, true)`;
  const clients = await sql<{ id: string }[]>`
    insert into clients (reseller_id, profile_id, name, currency, balance_model, billing_email)
    select 1, ${profileId}, 'Client ' || n, 'USD', 'prepaid', 'billing' || n || '-' || ${round} || '@acme.example'
    from generate_series(1, ${count}) n returning id`;
  for (const { id } of clients) {
    await sql`insert into balances (client_id) values (${id})`;
    await sql`insert into monitors (client_id) values (${id})`;
  }
  return clients.map(({ id }) => id);
}

interface WatchedMailServer {
  readonly url: string;
  /** how often each complete email was accepted, by Message-ID */
  readonly copies: ReadonlyMap<string, number>;
  /** resolves when some delivery comes to this moment */
  next(moment: Moment): Promise<void>;
  stop(): Promise<void>;
}

async function startWatchedMailServer(): Promise<WatchedMailServer> {
  const copies = new Map<string, number>();
  const waiting = new Map<Moment, (() => void)[]>();
  const at = (moment: Moment): void => {
    for (const resolve of waiting.get(moment) ?? []) resolve();
    waiting.delete(moment);
  };
  const server = new SMTPServer({
    authOptional: true,
    disabledCommands: ['STARTTLS', 'AUTH'],
    onConnect: (_session, callback) => (at('connected'), callback()),
    onMailFrom: (_address, _session, callback) => (at('sender'), callback()),
    onRcptTo: (_address, _session, callback) => (at('recipient'), callback()),
    onData(stream, _session, callback) {
      at('data begins');
      const chunks: Buffer[] = [];
      stream.on('data', (chunk: Buffer) => chunks.push(chunk));
      stream.on('end', () => {
        const id = /^Message-ID:\s*(<[^>]+>)/im.exec(Buffer.concat(chunks).toString())?.[1] ?? 'none';
        copies.set(id, (copies.get(id) ?? 0) + 1);
        at('data complete');
        // The reply takes a moment, so that a death before it is a death before it.
        setTimeout(() => {
          callback();
          at('replied');
        }, 30);
      });
    },
  });
  server.on('error', () => undefined);
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const address = server.server.address();
  const port = typeof address === 'object' && address ? address.port : 0;
  return {
    url: `smtp://127.0.0.1:${port}`,
    copies,
    next: (moment) => new Promise((resolve) => waiting.set(moment, [...(waiting.get(moment) ?? []), resolve])),
    stop: () => new Promise((resolve) => server.close(resolve)),
  };
}

async function eventually(condition: () => Promise<boolean>): Promise<void> {
  while (!(await condition())) await new Promise((resolve) => setTimeout(resolve, 250));
}
