import type { TestWorkflowEnvironment } from '@temporalio/testing';
import type { Worker } from '@temporalio/worker';
import type { ActivityDeps } from '../../src/activities/index.js';
import { monitorWorkflowId } from '../../src/contract/ids.js';
import { explain } from '../../src/contract/messages.js';
import type { Explanation } from '../../src/contract/monitor.js';
import { parseMoney } from '../../src/domain/money.js';
import type { MailTransport } from '../../src/mail/transport.js';
import { nullLogger } from '../../src/observability/logger.js';
import { postEntry } from '../../src/storage/ledger.js';
import { pokeMonitor } from '../../src/temporal/start-monitor.js';
import { createActivities, createWorkers } from '../../src/task-workers.js';
import { createTestDatabase, type TestDatabase } from './postgres.js';
import { createTimeSkippingEnv } from './temporal.js';

/** What a test wants of its client; the rest is as in most stories: USD, prepaid, both rules, two notices a day. */
export interface ClientWish {
  readonly balance?: string;
  readonly creditLimit?: string;
  readonly balanceModel?: 'prepaid' | 'postpaid' | 'unlimited';
  readonly currency?: string;
  readonly profile?: Partial<ProfileWish> | null;
}

interface ProfileWish {
  readonly maxNotifications: number | null;
  readonly periodHours: number;
  readonly checkEveryMinutes: number | null;
  readonly trigger: 'period' | 'change';
  readonly userThreshold: string | null;
  readonly clientThreshold: string | null;
  readonly currency: string;
}

export type MailMode = 'accept' | 'refuse' | 'refuse-permanent' | 'uncertain';

/** A mail server that does as it is told and remembers what it took. */
export interface FakeMail extends MailTransport {
  mode: MailMode;
  readonly taken: { readonly to: readonly string[]; readonly messageId: string; readonly subject: string }[];
}

export function fakeMail(): FakeMail {
  const taken: FakeMail['taken'] = [];
  return {
    mode: 'accept',
    taken,
    async send(message, hooks) {
      if (this.mode === 'refuse') return { outcome: 'refused', permanent: false, code: 451, reply: '451 later' };
      if (this.mode === 'refuse-permanent') return { outcome: 'refused', permanent: true, code: 550, reply: '550 no' };
      await hooks.beforeEnd();
      if (this.mode === 'uncertain') return { outcome: 'uncertain', reply: 'the connection broke after the data' };
      taken.push({ to: message.to, messageId: message.messageId, subject: message.subject });
      return { outcome: 'accepted', accepted: [...message.to], rejected: [], reply: '250 ok' };
    },
    verify: async () => undefined,
    close: () => undefined,
  };
}

/** The real monitor with its real activities and database on the time-skipping server. */
export interface MonitorHarness {
  readonly env: TestWorkflowEnvironment;
  readonly database: TestDatabase;
  readonly mail: FakeMail;
  readonly deps: ActivityDeps;
  /** the server's clock in ms, whole seconds */
  now(): Promise<number>;
  startWorkers(): Promise<void>;
  stopWorkers(): Promise<void>;
  createClient(wish?: ClientWish): Promise<string>;
  startMonitor(clientId: string): Promise<void>;
  post(clientId: string, kind: 'payment' | 'charge' | 'adjustment', amount: string, id?: string): Promise<void>;
  poke(clientId: string, poke?: 'refilled' | 'balanceChanged' | 'configurationChanged'): Promise<void>;
  explain(clientId: string): Promise<Explanation>;
  /** lets time pass on the server */
  pass(duration: string): Promise<void>;
  /** waits (in real time) until the explanation fulfils the condition */
  until(clientId: string, condition: (explanation: Explanation) => boolean): Promise<Explanation>;
  notifications(
    clientId: string,
  ): Promise<{ rule: string; episode: number; number: number; status: string; checkAt: Date; kind: string }[]>;
  stop(): Promise<void>;
}

export async function startMonitorHarness(settings: Partial<ActivityDeps['settings']> = {}): Promise<MonitorHarness> {
  const [env, database] = await Promise.all([createTimeSkippingEnv(), createTestDatabase()]);
  const { sql } = database;
  const mail = fakeMail();
  const deps: ActivityDeps = {
    sql,
    mail,
    balances: null,
    logger: nullLogger,
    settings: {
      monitor: { continueAfterEvents: 120, continueAfterChecks: 20, spreadShare: 0, spreadMaxMs: 0 },
      creditWarningHours: 24,
      staffEmail: null,
      mailDomain: 'lowwater.test',
      publicUrl: null,
      batchWindowMs: 0,
      overdueMs: 60_000,
      retentionDays: 90,
      ...settings,
    },
    pokes: { wake: (client) => pokeMonitor(env.client, client, 'balanceChanged') },
  };
  const [reseller] = await sql<{ id: string }[]>`
    insert into resellers (id, kind, name, email, path) values (1, 'operator', 'Operator', 'owner@operator.example', '{1}') returning id`;
  const resellerId = reseller?.id ?? '1';
  let running: { workers: Worker[]; runs: Promise<void>[] } | null = null;
  let entries = 0;

  const harness: MonitorHarness = {
    env,
    database,
    mail,
    deps,
    now: async () => Math.floor((await env.currentTimeMs()) / 1000) * 1000,
    async startWorkers() {
      const workers = await createWorkers(env.nativeConnection, createActivities(deps), {
        namespace: 'default',
        maxCachedWorkflows: 100,
        shutdownGraceTime: 0,
      });
      running = { workers, runs: workers.map((worker) => worker.run()) };
    },
    async stopWorkers() {
      if (!running) return;
      for (const worker of running.workers) worker.shutdown();
      await Promise.all(running.runs);
      running = null;
    },
    async createClient(wish = {}) {
      const at = new Date(await harness.now());
      const profileId = wish.profile === null ? null : await insertProfile(sql, resellerId, wish.profile ?? {});
      const [client] = await sql<{ id: string }[]>`
        insert into clients (reseller_id, profile_id, name, currency, balance_model, credit_limit, billing_email, created_at)
        values (${resellerId}, ${profileId}, 'Acme', ${wish.currency ?? 'USD'}, ${wish.balanceModel ?? 'prepaid'},
          ${wish.creditLimit ?? '0'}, 'billing@acme.example', ${at})
        returning id`;
      const id = client?.id ?? '';
      await sql`insert into balances (client_id) values (${id})`;
      await sql`insert into monitors (client_id) values (${id})`;
      if (wish.balance !== undefined && Number(wish.balance) !== 0) await harness.post(id, 'adjustment', wish.balance);
      return id;
    },
    startMonitor: (clientId) => pokeMonitor(env.client, { clientId, resellerId }, 'configurationChanged'),
    async post(clientId, kind, amount, id) {
      const at = await harness.now();
      const signed = parseMoney(amount) * (kind === 'charge' ? -1n : 1n);
      const [client] = await sql<{ currency: string }[]>`select currency from clients where id = ${clientId}`;
      const entry = {
        clientId,
        kind,
        externalId: id ?? `entry-${++entries}`,
        amount: signed,
        occurredAt: at,
        source: 'test',
      };
      await postEntry(sql, { ...entry, currency: client?.currency ?? 'USD' }, { now: at });
    },
    poke: (clientId, poke = 'balanceChanged') => pokeMonitor(env.client, { clientId, resellerId }, poke),
    explain: (clientId) => env.client.workflow.getHandle(monitorWorkflowId(clientId)).query(explain),
    pass: (duration) => env.sleep(duration),
    async until(clientId, condition) {
      for (let tries = 0; ; tries++) {
        const explanation = await harness.explain(clientId);
        if (condition(explanation)) return explanation;
        if (tries > 200) throw new Error(`never came true; last: ${JSON.stringify(explanation)}`);
        await new Promise((resolve) => setTimeout(resolve, 20));
      }
    },
    notifications: (clientId) => sql`
      select rule, episode, number, status, check_at as "checkAt", kind from notifications where client_id = ${clientId} order by id`,
    async stop() {
      await harness.stopWorkers();
      await env.teardown();
      await database.drop();
    },
  };
  await harness.startWorkers();
  return harness;
}

async function insertProfile(
  sql: TestDatabase['sql'],
  resellerId: string,
  wish: Partial<ProfileWish>,
): Promise<string> {
  const checkEveryMs = wish.checkEveryMinutes == null ? null : wish.checkEveryMinutes * 60_000;
  const [profile] = await sql<{ id: string }[]>`
    insert into profiles (reseller_id, name, currency, max_notifications, period_hours, check_every_ms, trigger)
    values (${resellerId}, 'default', ${wish.currency ?? 'USD'}, ${wish.maxNotifications === undefined ? 2 : wish.maxNotifications},
      ${wish.periodHours ?? 24}, ${checkEveryMs}, ${wish.trigger ?? 'period'})
    returning id`;
  const id = profile?.id ?? '';
  const user = wish.userThreshold === undefined ? '100' : wish.userThreshold;
  const client = wish.clientThreshold === undefined ? '50' : wish.clientThreshold;
  await sql`insert into profile_rules (profile_id, key, position, threshold, notify_role) values
    (${id}, 'user', 0, ${user}, true), (${id}, 'client', 1, ${client}, true)`;
  return id;
}
