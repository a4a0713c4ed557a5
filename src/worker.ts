import type { Worker } from '@temporalio/worker';
import type { ActivityDeps } from './activities/index.js';
import { sourceEvents } from './activities/events/source-events.js';
import { emailCardExpiries } from './activities/payments/card-expiry-emails.js';
import { emailInvoices } from './activities/invoicing/invoice-emails.js';
import { sendTestEmails } from './activities/templates/test-emails.js';
import { emailAccounts } from './activities/access/account-emails.js';
import { emailStaff } from './activities/events/staff-emails.js';
import { startCardPaymentStarter } from './activities/payments/card-payment-starter.js';
import { startRateNotificationStarter } from './activities/rates/rate-notification-starter.js';
import { startWebhookSender } from './activities/events/webhooks/webhook-sender.js';
import { startMailer } from './activities/start-mailer.js';
import { createBalanceSource } from './balances/create.js';
import { closeAll, once, type Closer } from './closers.js';
import { packageVersion } from './version.js';
import { bounceMailboxSettings, loadConfig, monitorSettings, type Config } from './config.js';
import { overdueMs } from './domain/monitoring/client-state.js';
import { gatewayConnector } from './gateways/connect-gateway.js';
import { createBounceMailbox } from './mail/bounces/bounce-mailbox.js';
import { createMailTransport, type MailTransport } from './mail/smtp/transport.js';
import { balanceObserver, type BalanceObserver } from './observability/balance-observer.js';
import { createLogger, type Logger } from './observability/logger.js';
import { createMetrics, type Metrics } from './observability/metrics.js';
import { startOpsServer, type Check } from './observability/ops-server.js';
import { installRuntimeTelemetry, joinedMetrics } from './observability/runtime-telemetry.js';
import { createSecretCipher } from './storage/access/secret-encryption.js';
import { resolveMailboxFailure } from './storage/events/source-state.js';
import { registerBalanceSource } from './storage/monitoring/balance-source.js';
import { openDatabase, type Sql } from './storage/system/database.js';
import { pingDatabase } from './storage/system/database-server.js';
import { fleetNumbers } from './storage/monitoring/fleet-numbers.js';
import { requireSchema } from './storage/system/migrate.js';
import { readTaskIntervals } from './storage/system/task-intervals.js';
import { startHeartbeat, type ProcessFacts } from './storage/system/processes.js';
import { createActivities, createWorkers } from './task-workers.js';
import { connectTemporal, connectWorker, type TemporalConnection } from './temporal/connection.js';
import { startDispatcher } from './temporal/dispatcher.js';
import { createGateway } from './temporal/client-gateway.js';
import { createMonitorControl } from './temporal/monitor-control.js';
import { registerSearchAttributes } from './temporal/search-attributes.js';
import { ensureSchedules } from './temporal/schedules.js';

/** A worker process at work: monitors, side effects, the dispatcher of the outbox, and its operations port. */
export interface RunningWorker {
  readonly opsUrl: string;
  /** rejects when the worker cannot continue */
  readonly failed: Promise<never>;
  /** Takes no new work, lets what runs finish within the time limit, and closes everything. */
  stop(): Promise<void>;
}

/**
 * Puts a worker together and starts it. What was opened is closed again when it cannot start, or cannot continue: else
 * the process would neither work nor end.
 *
 * @throws when the database's schema is not the one this program knows, Temporal does not answer, or the operations
 * port is taken.
 */
export async function runWorker(config: Config, { logger }: { readonly logger: Logger }): Promise<RunningWorker> {
  const closers: Closer[] = [];
  const close = once(() => closeAll(closers, logger));
  try {
    const { opsUrl, runs } = await bringUp(config, logger, closers);
    logger.info({ ops: opsUrl, namespace: config.TEMPORAL_NAMESPACE }, 'worker started');
    return {
      opsUrl,
      failed: firstFailure(runs).catch(async (error: unknown) => {
        await close();
        throw error;
      }),
      async stop() {
        await close();
        logger.info('worker stopped');
      },
    };
  } catch (error) {
    await close();
    throw error;
  }
}

/** Opens and starts everything, each with its end put on `closers`. */
async function bringUp(
  config: Config,
  logger: Logger,
  closers: Closer[],
): Promise<{ readonly opsUrl: string; readonly runs: readonly Promise<void>[] }> {
  const sql = openDatabase(config.DATABASE_URL ?? '', {
    role: 'service',
    max: config.DATABASE_POOL,
    applicationName: 'lowwater-worker',
  });
  closers.push(() => sql.end({ timeout: 5 }));
  const telemetry = await installRuntimeTelemetry(logger);
  closers.push(() => telemetry.stop());
  const metrics = createMetrics({ version: packageVersion() });
  metrics.collectFleet(() => fleetNumbers(sql));
  const workers: Worker[] = [];
  const ops = await startOpsServer({
    port: config.WORKER_OPS_PORT,
    host: config.WORKER_OPS_HOST,
    ready: () => readiness(sql, workers),
    metricsText: joinedMetrics(() => metrics.text(), telemetry),
  });
  closers.push(() => ops.stop());
  await requireSchema(sql);
  if (await registerBalanceSource(sql, config.BALANCE_SOURCE)) {
    logger.info({ source: config.BALANCE_SOURCE }, 'balance source changed, all monitors read balances again');
  }
  if (config.BOUNCE_IMAP_URL === undefined) await resolveMailboxFailure(sql, 'No mailbox for bounces is set');
  const temporal = await connectTemporal(config);
  closers.push(() => temporal.connection.close());
  await registerSearchAttributes(temporal.connection, config.TEMPORAL_NAMESPACE);
  await ensureSchedules(temporal.client, config, await readTaskIntervals(sql));
  const mail = createMailTransport({
    ...{ url: config.SMTP_URL ?? '', from: config.MAIL_FROM, domain: config.MAIL_DOMAIN },
    ...(config.BOUNCE_ADDRESS !== undefined && { bounceAddress: config.BOUNCE_ADDRESS }),
  });
  closers.push(() => mail.close());
  const states = sourceEvents(sql, logger, balanceObserver(logger, metrics));
  closers.push(() => states.settled());
  const source = watchedSource(states.observer);
  const deps = activityDeps(config, { sql, mail, logger, metrics, temporal, observer: source.observer });
  closers.push(() => deps.balances?.close());
  const connection = await connectWorker(config);
  closers.push(() => connection.close());
  workers.push(
    ...(await createWorkers(connection, createActivities(deps), {
      namespace: config.TEMPORAL_NAMESPACE,
      maxCachedWorkflows: config.MAX_CACHED_WORKFLOWS,
      shutdownGraceTime: config.SHUTDOWN_SECONDS * 1000,
    })),
  );
  const runs = workers.map((worker) => worker.run());
  closers.push(async () => {
    for (const worker of workers) if (worker.getState() === 'RUNNING') worker.shutdown();
    await Promise.allSettled(runs);
  });
  const dispatcher = await startDispatcher(sql, temporal.client, logger);
  closers.push(() => dispatcher.stop());
  const { STAFF_EMAIL: staffEmail, MAIL_DOMAIN: mailDomain, PUBLIC_URL: publicUrl = null } = config;
  const settings = { mailDomain, publicUrl };
  const sendWaiting = (what: string, send: (signal: AbortSignal) => Promise<unknown>): void => {
    const mailer = startMailer(send, (error) => logger.error({ err: error }, `emails (${what}) not sent, retrying`));
    closers.push(() => mailer.stop());
  };
  sendWaiting('accounts', () => emailAccounts({ sql, mail, logger, settings }));
  sendWaiting('tests of templates', () => sendTestEmails({ sql, mail, logger, settings }));
  sendWaiting('invoices', (signal) => emailInvoices({ sql, mail, logger, metrics, settings }, signal));
  sendWaiting('cards', (signal) => emailCardExpiries({ sql, mail, logger, metrics, settings }, signal));
  if (staffEmail !== undefined) {
    sendWaiting('events', () => emailStaff({ sql, mail, logger, settings: { ...settings, staffEmail } }));
  }
  if (config.SECRET_KEY !== undefined) {
    const webhooks = await startWebhookSender({
      sql,
      logger,
      metrics,
      cipher: createSecretCipher(config.SECRET_KEY),
      guard: { allowLoopback: config.WEBHOOK_ALLOW_LOOPBACK },
      version: packageVersion(),
    });
    closers.push(() => webhooks.stop());
  }
  const cardPayments = await startCardPaymentStarter({ sql, actions: deps.actions, logger });
  closers.push(() => cardPayments.stop());
  const rateNotifications = await startRateNotificationStarter({ sql, actions: deps.actions, logger });
  closers.push(() => rateNotifications.stop());
  const heartbeat = await startHeartbeat(sql, {
    kind: 'worker',
    version: packageVersion(),
    facts: () => (workers.every((worker) => worker.getState() === 'RUNNING') ? source.facts() : null),
    onError: (error) => logger.warn({ err: error }, 'heartbeat of this worker not stored'),
  });
  closers.push(() => heartbeat.stop());
  return { opsUrl: ops.url, runs };
}

/** Remembers since when the balance source is up or down, for the health summary. */
function watchedSource(observer: BalanceObserver): {
  readonly observer: BalanceObserver;
  readonly facts: () => ProcessFacts;
} {
  let last: ProcessFacts = {};
  return {
    observer: {
      ...observer,
      onChange(change) {
        const { state, reason } = change;
        last = { balanceSource: { isUp: state === 'up', since: new Date().toISOString(), reason: reason ?? null } };
        observer.onChange(change);
      },
    },
    facts: () => last,
  };
}

/** Rejects with the first worker that fails; one that ends on request does not reject. */
function firstFailure(runs: readonly Promise<void>[]): Promise<never> {
  const endless = new Promise<never>(() => undefined);
  return Promise.race([...runs.map((run) => run.then(() => endless)), endless]);
}

interface Parts {
  readonly sql: Sql;
  readonly mail: MailTransport;
  readonly logger: Logger;
  readonly metrics: Metrics;
  readonly temporal: TemporalConnection;
  readonly observer: BalanceObserver;
}

/** How long a row of a job waits for its monitor; the batch that it is part of may take 30 s. */
const jobAnswerMs = 5000;

/** How long a scheduled check may wait for others, once checks come quickly one after another. */
const batchWindowMs = 250;

/** A workflow that waits for its batch keeps its place in the cache: a small cache allows small batches only. */
function batchSizeFor(cachedWorkflows: number): number {
  return Math.max(1, Math.min(200, Math.floor(cachedWorkflows / 4)));
}

function activityDeps(config: Config, { sql, mail, logger, metrics, temporal, observer }: Parts): ActivityDeps {
  const mailbox = bounceMailboxSettings(config);
  return {
    sql,
    mail,
    bounces: mailbox && createBounceMailbox(mailbox),
    logger,
    metrics,
    balances: createBalanceSource(config, observer),
    settings: {
      monitor: monitorSettings(config),
      creditWarningHours: config.CREDIT_WARNING_HOURS,
      mailDomain: config.MAIL_DOMAIN,
      bounceAddress: config.BOUNCE_ADDRESS,
      publicUrl: config.PUBLIC_URL ?? null,
      batchWindowMs,
      batchSize: batchSizeFor(config.MAX_CACHED_WORKFLOWS),
      overdueMs,
      retentionDays: 90,
      requestLogDays: config.REQUEST_LOG_DAYS,
      rateFileDays: config.RATE_FILE_DAYS,
    },
    monitors: createMonitorControl(temporal.client),
    ...secretAccess(config),
    actions: createGateway({
      client: temporal.client,
      sql,
      namespace: config.TEMPORAL_NAMESPACE,
      uiUrl: null,
      answerWithinMs: jobAnswerMs,
    }),
  };
}

/** Null each: no key opens their secrets. */
function secretAccess({
  SECRET_KEY: key,
  WEBHOOK_ALLOW_LOOPBACK: allowLoopback,
}: Config): Pick<ActivityDeps, 'gateways' | 'channels'> {
  if (key === undefined) return { gateways: null, channels: null };
  const cipher = createSecretCipher(key);
  const userAgent = `Lowwater/${packageVersion()}`;
  return {
    gateways: { cipher, connect: gatewayConnector({ allowLoopback, userAgent }) },
    channels: { cipher, guard: { allowLoopback }, userAgent },
  };
}

async function readiness(sql: Sql, workers: readonly Worker[]): Promise<Check[]> {
  const database = await pingDatabase(sql).then(
    () => true,
    () => false,
  );
  return [
    { name: 'postgresql', ok: database },
    { name: 'temporal', ok: workers.length > 0 && workers.every((worker) => worker.getState() === 'RUNNING') },
  ];
}

async function main(): Promise<void> {
  const config = loadConfig();
  const logger = createLogger(config, 'worker');
  const worker = await runWorker(config, { logger });
  const stop = (): void => void worker.stop().then(() => process.exit(0));
  process.once('SIGINT', stop);
  process.once('SIGTERM', stop);
  await worker.failed;
}

if (require.main === module) {
  main().catch((error: unknown) => {
    process.stderr.write(`${error instanceof Error ? error.message : String(error)}\n`);
    process.exit(1);
  });
}
