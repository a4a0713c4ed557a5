import type { Server } from 'node:http';
import { isIPv6 } from 'node:net';
import type { Config } from '../config.js';
import type { Logger } from '../observability/logger.js';
import { createMetrics } from '../observability/metrics.js';
import { openDatabase } from '../storage/system/database.js';
import { fleetNumbers } from '../storage/monitoring/fleet-numbers.js';
import { requireSchema } from '../storage/system/migrate.js';
import type { TemporalGateway } from '../temporal/gateway.js';
import { createApp } from './app.js';
import type { ApiContext } from './context.js';
import { createHttpServer } from './http-server.js';
import { startHeartbeat } from '../storage/system/processes.js';
import { startRequestLog } from './request-log/writer.js';
import { openIdOf } from './access/openid.js';
import { createLive } from './stream/live.js';

interface ApiDependencies {
  readonly logger: Logger;
  /** closed by its opener */
  readonly temporal: TemporalGateway;
  /** of the package */
  readonly version: string;
}

export interface RunningApi {
  /** where it listens: `http://127.0.0.1:8080` */
  readonly url: string;
  readonly port: number;
  /** Ends what is being answered, within SHUTDOWN_SECONDS, and closes the connections. May be called twice. */
  stop(): Promise<void>;
}

/**
 * Opens the database, checks its schema and listens on API_HOST and API_PORT (0: a free port).
 *
 * @throws SchemaError when the schema is not the one this program knows; Error with `code` EADDRINUSE for a busy port.
 */
export async function startApi(config: Config, deps: ApiDependencies): Promise<RunningApi> {
  if (!config.DATABASE_URL) throw new Error('DATABASE_URL is not set: the API needs a database');
  const sql = openDatabase(config.DATABASE_URL, {
    role: 'service',
    max: config.DATABASE_POOL,
    applicationName: 'lowwater-api',
  });
  const reseller = openDatabase(config.DATABASE_URL, {
    role: 'reseller',
    max: config.DATABASE_POOL,
    applicationName: 'lowwater-api',
  });
  try {
    await requireSchema(sql);
    const state = { draining: false };
    const live = createLive(sql, deps.logger);
    const requestLog = startRequestLog(sql, deps.logger, config.REQUEST_LOG_DAYS);
    const metrics = createMetrics({ version: deps.version });
    metrics.collectFleet(() => fleetNumbers(sql));
    const context: ApiContext = {
      sql,
      databases: { service: sql, reseller },
      temporal: deps.temporal,
      config,
      logger: deps.logger,
      metrics,
      live,
      requestLog,
      webhookGuard: { allowLoopback: config.WEBHOOK_ALLOW_LOOPBACK },
      openId: openIdOf(config),
      clock: Date.now,
      version: deps.version,
      draining: () => state.draining,
    };
    const server = await listen(createHttpServer(config, createApp(context)), config.API_HOST, config.API_PORT);
    const heartbeat = await startHeartbeat(sql, {
      kind: 'api',
      version: deps.version,
      facts: () => ({}),
      onError: (error) => deps.logger.warn({ err: error }, 'this API is not registered in the database'),
    });
    const { port, url } = addressOf(server, config.API_HOST);
    deps.logger.info({ url }, 'the API listens');
    let stopped: Promise<void> | undefined;
    const stop = async (): Promise<void> => {
      state.draining = true;
      live.hub.stop();
      await drain(server, config.SHUTDOWN_SECONDS * 1000);
      await live.stop();
      await requestLog.stop();
      await heartbeat.stop();
      await Promise.all([sql.end({ timeout: 5 }), reseller.end({ timeout: 5 })]);
      deps.logger.info('the API has stopped');
    };
    return { url, port, stop: () => (stopped ??= stop()) };
  } catch (error) {
    await Promise.all([sql.end({ timeout: 1 }), reseller.end({ timeout: 1 })]);
    throw error;
  }
}

function listen(server: Server, host: string, port: number): Promise<Server> {
  return new Promise((resolve, reject) => {
    server.once('error', reject);
    server.listen(port, host, () => {
      server.off('error', reject);
      resolve(server);
    });
  });
}

function addressOf(server: Server, host: string): { readonly port: number; readonly url: string } {
  const address = server.address();
  if (address === null || typeof address === 'string') throw new Error('the server has no port');
  return { port: address.port, url: `http://${isIPv6(host) ? `[${host}]` : host}:${address.port}` };
}

/** Takes no new connection, lets what is being answered end, and cuts off what is left when the time is over. */
async function drain(server: Server, withinMs: number): Promise<void> {
  server.prependListener('request', (_req, res) => res.setHeader('Connection', 'close'));
  const closed = new Promise<void>((resolve) => server.close(() => resolve()));
  const timer = setTimeout(() => server.closeAllConnections(), withinMs);
  await closed;
  clearTimeout(timer);
}
