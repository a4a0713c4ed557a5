import { createServer } from 'node:http';
import { dist, portOf } from './stack.mjs';

/** Serves the API of a database in this process, to a key that may do everything. */
export async function startApi(sql) {
  const scope = dist('storage/system/scope.js').operatorScope(sql, '1');
  const requester = { scope, actor: { id: 'system', source: 'system' }, now: Date.now() };
  const created = { resellerId: '1', name: 'bench', scopes: ['*'] };
  const { key } = await dist('services/access/create-api-key.js').createApiKey(requester, created);
  const server = createServer(
    dist('api/app.js').createApp({
      sql,
      databases: { service: sql, reseller: sql },
      temporal: { wakeJob: async () => undefined },
      config: dist('config.js').loadConfig({ RATE_LIMIT_PER_MINUTE: '0' }),
      logger: dist('observability/logger.js').nullLogger,
      metrics: dist('observability/metrics.js').createMetrics({ process: false }),
      clock: () => Date.now(),
      version: 'bench',
      draining: () => false,
      live: { touch: () => undefined },
      requestLog: { add: () => undefined },
    }),
  );
  await new Promise((resolve) => server.listen(0, '127.0.0.1', () => resolve(null)));
  return {
    url: `http://127.0.0.1:${portOf(server)}`,
    headers: { Authorization: `Bearer ${key}` },
    async stop() {
      server.closeAllConnections();
      await new Promise((resolve) => server.close(resolve));
    },
  };
}

/** The time of the work, and the most memory that this process had at its time. */
export async function watched(work) {
  globalThis.gc?.();
  let peak = 0;
  const look = () => (peak = Math.max(peak, process.memoryUsage().rss));
  const timer = setInterval(look, 20);
  const from = performance.now();
  const result = await work();
  look();
  clearInterval(timer);
  return { result, ms: performance.now() - from, peak: Math.round(peak / 1_048_576) };
}
