import { WorkflowNotFoundError, type WorkflowHandle } from '@temporalio/client';
import type { UpdateDefinition } from '@temporalio/common';
import type { TestWorkflowEnvironment } from '@temporalio/testing';
import type { Worker } from '@temporalio/worker';
import type { ActivityDeps } from '../../../src/activities/index.js';
import { monitorWorkflowId } from '../../../src/contract/ids.js';
import { explain } from '../../../src/contract/messages.js';
import type { Actor } from '../../../src/domain/monitoring/state.js';
import type { Explanation } from '../../../src/domain/monitoring/explain.js';
import { parseMoney } from '../../../src/domain/money.js';
import { recordEntry } from '../../../src/services/ledger/record-entries.js';
import type { SignalKind } from '../../../src/storage/monitoring/outbox.js';
import { createActivities, createWorkers } from '../../../src/task-workers.js';
import { createGateway } from '../../../src/temporal/client-gateway.js';
import { createMonitorControl } from '../../../src/temporal/monitor-control.js';
import { signalMonitor } from '../../../src/temporal/start-monitor.js';
import { testDeps } from './activity-deps.js';
import { requesterAt } from '../data/requester.js';
import { insertClient, insertOperator, operatorId, type ClientWish } from '../data/clients.js';
import { fakeMail, type FakeMail } from '../mail/fake-mail.js';
import { Gates } from './gates.js';
import { createTestDatabase, type TestDatabase } from '../database/postgres.js';
import { createLocalEnv, createTimeSkippingEnv } from '../temporal/temporal.js';
import { workflowBundle } from '../temporal/workflow-bundle.js';

export type { ClientWish } from '../data/clients.js';
export type { FakeMail, MailMode } from '../mail/fake-mail.js';

/** A payment is announced as any change of the balance. */
export type SentSignal = 'refilled' | SignalKind;

export interface HarnessOptions {
  readonly settings?: Partial<ActivityDeps['settings']>;
  readonly monitor?: Partial<ActivityDeps['settings']['monitor']>;
  /** `local`: Temporal's dev server, where time is the real one; default: the time-skipping test server */
  readonly server?: 'time-skipping' | 'local';
  /** monitors that a worker keeps in memory; 0: every task replays its run from the beginning */
  readonly cachedWorkflows?: number;
  /** what opens payment gateways; default: nothing does, so that no card is charged */
  readonly gateways?: ActivityDeps['gateways'];
  /** the database as the activities see it; default: as it is */
  readonly sqlOf?: (sql: TestDatabase['sql']) => TestDatabase['sql'];
}

export interface NotificationView {
  readonly id: string;
  readonly rule: string;
  readonly episode: number;
  readonly number: number;
  readonly status: string;
  readonly checkAt: Date;
  readonly kind: string;
  readonly attempts: number;
  readonly messageId: string;
}

export type History = Awaited<ReturnType<WorkflowHandle['fetchHistory']>>;

/** The real monitor with its real activities and database; only the mail server is made up. */
export interface MonitorHarness {
  readonly env: TestWorkflowEnvironment;
  readonly database: TestDatabase;
  readonly sql: TestDatabase['sql'];
  readonly mail: FakeMail;
  readonly deps: ActivityDeps;
  /** holds activities at chosen moments */
  readonly gates: Gates;
  /** the server's clock in ms, whole seconds */
  now(): Promise<number>;
  startWorkers(): Promise<void>;
  /** Resolves when what runs has ended. */
  stopWorkers(): Promise<void>;
  createClient(wish?: ClientWish): Promise<string>;
  startMonitor(clientId: string): Promise<void>;
  /** A client that is monitored, after its first check and with no pending delivery. */
  watched(wish?: ClientWish): Promise<string>;
  handle(clientId: string): WorkflowHandle;
  post(clientId: string, kind: 'payment' | 'charge' | 'adjustment', amount: string, id?: string): Promise<void>;
  sendSignal(clientId: string, sendSignal?: SentSignal): Promise<void>;
  update<R, A>(clientId: string, definition: UpdateDefinition<R, [A]>, input: A): Promise<R>;
  explain(clientId: string): Promise<Explanation>;
  /** lets time pass on the server */
  pass(duration: string | number): Promise<void>;
  /** waits (in real time) until the explanation fulfils the condition */
  until(clientId: string, condition: (explanation: Explanation) => boolean): Promise<Explanation>;
  /** waits until what is due is done: the next check is in the future and no delivery is pending */
  quiet(clientId: string): Promise<Explanation>;
  /** waits (in real time) until something can be read that fulfils the condition */
  eventually<T>(read: () => Promise<T>, condition: (value: T) => boolean): Promise<T>;
  notifications(clientId: string): Promise<NotificationView[]>;
  /** `user 1 accepted`, in the order of checks, and of the rules' names within a check */
  mails(clientId: string): Promise<string[]>;
  /** histories of all runs, oldest first */
  runs(clientId: string): Promise<History[]>;
  /** ends all monitors, so that those of one test cost the next one nothing */
  endMonitors(): Promise<void>;
  stop(): Promise<void>;
}

/** Who asks, in tests. */
export const tester: Actor = { id: 'user:7', source: 'web', requestId: 'req-1' };

/** Real time: an attempt whose worker died is noticed after 6 s, and made again 10 s later, which the clock may not skip. */
const patienceMs = 50_000;

export async function startMonitorHarness(options: HarnessOptions = {}): Promise<MonitorHarness> {
  const [env, database, codePath] = await Promise.all([
    options.server === 'local' ? createLocalEnv() : createTimeSkippingEnv(),
    createTestDatabase(),
    workflowBundle(),
  ]);
  const { sql } = database;
  const mail = fakeMail();
  const gates = new Gates();
  const deps = testDeps(options.sqlOf?.(sql) ?? sql, {
    mail,
    monitors: createMonitorControl(env.client),
    actions: createGateway({ client: env.client, sql, namespace: env.namespace ?? 'default', uiUrl: null }),
    ...(options.gateways && { gateways: options.gateways }),
    ...(options.settings && { settings: options.settings }),
    ...(options.monitor && { monitor: options.monitor }),
  });
  await insertOperator(sql);
  const monitored = new Set<string>();
  let running: { workers: Worker[]; runs: Promise<void>[] } | null = null;
  let entries = 0;

  const harness: MonitorHarness = {
    env,
    database,
    sql,
    mail,
    deps,
    gates,
    now: async () => Math.floor((await env.currentTimeMs()) / 1000) * 1000,
    async startWorkers() {
      const { local, effects, jobs } = createActivities(deps);
      const activities = { local: gates.around(local), effects: gates.around(effects), jobs: gates.around(jobs) };
      const workers = await createWorkers(env.nativeConnection, activities, {
        namespace: env.namespace ?? 'default',
        maxCachedWorkflows: options.cachedWorkflows ?? 100,
        shutdownGraceTime: 0,
        workflows: { workflowBundle: codePath },
      });
      running = { workers, runs: workers.map((worker) => worker.run()) };
    },
    async stopWorkers() {
      if (!running) return;
      const { workers, runs } = running;
      running = null;
      for (const worker of workers) worker.shutdown();
      await Promise.all(runs);
    },
    async createClient(wish = {}) {
      const id = await insertClient(sql, await harness.now(), wish);
      if (wish.balance !== undefined && Number(wish.balance) !== 0) await harness.post(id, 'adjustment', wish.balance);
      return id;
    },
    startMonitor: (clientId) => harness.sendSignal(clientId, 'configurationChanged'),
    async watched(wish = {}) {
      const clientId = await harness.createClient(wish);
      await harness.startMonitor(clientId);
      await harness.until(clientId, ({ lastCheckAt, run }) => lastCheckAt !== null && run.deliveries === 0);
      return clientId;
    },
    handle: (clientId) => env.client.workflow.getHandle(monitorWorkflowId(clientId)),
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
      await recordEntry(requesterAt(sql, at), { ...entry, currency: client?.currency ?? 'USD' }, { now: at });
    },
    async sendSignal(clientId, sendSignal = 'balanceChanged') {
      monitored.add(clientId);
      await signalMonitor(
        env.client,
        { clientId, resellerId: operatorId },
        sendSignal === 'refilled' ? 'balanceChanged' : sendSignal,
      );
    },
    update: (clientId, definition, input) => harness.handle(clientId).executeUpdate(definition, { args: [input] }),
    explain: (clientId) => harness.handle(clientId).query(explain),
    pass: (duration) => env.sleep(duration),
    until: (clientId, condition) => harness.eventually(() => harness.explain(clientId), condition),
    async quiet(clientId) {
      const now = await harness.now();
      return harness.until(
        clientId,
        ({ lastCheckAt, nextCheckAt, run }) => lastCheckAt !== null && nextCheckAt > now && run.deliveries === 0,
      );
    },
    async eventually(read, condition) {
      for (const endMs = Date.now() + patienceMs; ;) {
        const value = await read();
        if (condition(value)) return value;
        if (Date.now() > endMs) throw new Error(`never came true; last: ${JSON.stringify(value)}`);
        await new Promise((resolve) => setTimeout(resolve, 20));
      }
    },
    notifications: (clientId) => sql`
      select n.id, n.rule, n.episode, n.number, n.status, n.decided_at as "checkAt", n.kind,
        coalesce((select sum(d.attempts)::int from deliveries d where d.notification_id = n.id), 0) as attempts,
        (select d.message_id from deliveries d where d.notification_id = n.id order by d.position limit 1) as "messageId"
      from notifications n where n.client_id = ${clientId} order by n.decided_at, n.rule, n.episode, n.number`,
    async mails(clientId) {
      const sent = await harness.notifications(clientId);
      return sent.map(({ rule, number, status }) => `${rule} ${number} ${status}`);
    },
    async runs(clientId) {
      const last = await harness.handle(clientId).fetchHistory();
      const firstRunId = last.events?.[0]?.workflowExecutionStartedEventAttributes?.firstExecutionRunId;
      const histories: History[] = [];
      for (let runId = firstRunId; runId;) {
        const handle = env.client.workflow.getHandle(monitorWorkflowId(clientId), runId);
        const history = await handle.fetchHistory();
        histories.push(history);
        runId = history.events?.at(-1)?.workflowExecutionContinuedAsNewEventAttributes?.newExecutionRunId;
      }
      return histories;
    },
    async endMonitors() {
      mail.mode = 'accept';
      // Emptied first: should this take too long for its hook, it ends none of the next test's.
      const ending = [...monitored];
      monitored.clear();
      for (const clientId of ending) {
        const handle = harness.handle(clientId);
        const { status } = await handle.describe();
        if (status.name !== 'RUNNING') continue;
        if (options.server !== 'local') await tillMailsEnded(clientId);
        await handle.terminate('the test is over').catch((error: unknown) => {
          // The workflow has already ended: its client was deleted.
          if (!(error instanceof WorkflowNotFoundError)) throw error;
        });
      }
    },
    async stop() {
      await harness.stopWorkers();
      await env.teardown();
      await database.drop();
    },
  };
  /** The test server never skips time again where an activity runs for a workflow that is gone. */
  async function tillMailsEnded(clientId: string): Promise<void> {
    while ((await harness.explain(clientId)).run.deliveries > 0) await env.sleep('61 s');
  }

  await harness.startWorkers();
  return harness;
}
