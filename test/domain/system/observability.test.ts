import { Runtime } from '@temporalio/worker';
import { balanceObserver } from '../../../src/observability/balance-observer.js';
import { createLogger, nullLogger } from '../../../src/observability/logger.js';
import { createMetrics, type FleetNumbers } from '../../../src/observability/metrics.js';
import { startOpsServer, type Check, type OpsServer } from '../../../src/observability/ops-server.js';
import {
  installRuntimeTelemetry,
  joinedMetrics,
  type RuntimeTelemetry,
} from '../../../src/observability/runtime-telemetry.js';

describe('metrics', () => {
  test('have the names and labels that the alerts and the dashboard use', async () => {
    const metrics = createMetrics({ version: '1.2.3', process: false });
    metrics.checks.inc({ kind: 'scheduled', outcome: 'known' });
    metrics.checkLag.observe(0.3);
    metrics.deliveries.inc({ audience: 'client', outcome: 'accepted' }, 2);
    metrics.mailAttempts.inc({ result: 'refused' });
    metrics.revertLag.observe(2);
    metrics.observeBatchSize.observe(40);
    metrics.httpRequestDuration.observe({ operation: '/v1/clients/{id}', method: 'GET', status: 200 }, 0.02);

    const text = await metrics.text();

    expect(text).toContain('lowwater_build_info{version="1.2.3"} 1');
    expect(text).toContain('lowwater_checks_total{kind="scheduled",outcome="known"} 1');
    expect(text).toContain('lowwater_check_lag_seconds_bucket{le="0.5"} 1');
    expect(text).toContain('lowwater_deliveries_total{audience="client",outcome="accepted"} 2');
    expect(text).toContain('lowwater_mail_attempts_total{result="refused"} 1');
    expect(text).toContain('lowwater_temporary_credit_revert_lag_seconds_count 1');
    expect(text).toContain('lowwater_observe_batch_size_bucket{le="50"} 1');
    expect(text).toContain(
      'lowwater_http_request_duration_seconds_count{operation="/v1/clients/{id}",method="GET",status="200"} 1',
    );
  });

  test("include Node's own, and each process object counts for itself", async () => {
    const one = createMetrics();
    const other = createMetrics();
    one.mailAttempts.inc({ result: 'accepted' });

    expect(await one.text()).toContain('process_resident_memory_bytes');
    expect(await other.text()).not.toContain('lowwater_mail_attempts_total{');
    one.registry.clear();
    other.registry.clear();
  });

  describe('of the fleet', () => {
    const numbers: FleetNumbers = {
      clientsByState: new Map([
        ['ok', 118],
        ['low', 3],
      ]),
      overdueChecks: 1,
      outboxDepth: 7,
      outboxOldestSeconds: 0.25,
      openEvents: new Map([['payment.refused', 4]]),
    };

    test('are asked of the database once for all, when somebody looks', async () => {
      const metrics = createMetrics({ process: false });
      const query = jest.fn(() => Promise.resolve(numbers));
      metrics.collectFleet(query);
      expect(query).not.toHaveBeenCalled();

      const text = await metrics.text();
      await metrics.text();

      expect(text).toContain('lowwater_clients{state="ok"} 118');
      expect(text).toContain('lowwater_clients{state="low"} 3');
      expect(text).toContain('lowwater_checks_overdue 1');
      expect(text).toContain('lowwater_outbox_depth 7');
      expect(text).toContain('lowwater_events_open{kind="payment.refused"} 4');
      expect(text).toContain('lowwater_outbox_oldest_seconds 0.25');
      expect(query).toHaveBeenCalledTimes(1);
    });

    test('have no value while the database does not answer, and come back with it', async () => {
      const metrics = createMetrics({ process: false });
      metrics.mailAttempts.inc({ result: 'accepted' });
      let down = true;
      metrics.collectFleet(() => (down ? Promise.reject(new Error('gone')) : Promise.resolve(numbers)));

      const without = await metrics.text();
      down = false;
      const after = await metrics.text();

      expect(without).toContain('lowwater_mail_attempts_total{result="accepted"} 1');
      expect(without).not.toMatch(/^lowwater_(outbox|clients|checks_overdue)/m);
      expect(after).toContain('lowwater_outbox_depth 7');
      expect(after).toContain('lowwater_clients{state="low"} 3');
    });
  });

  test('a balance source is counted at each read, and logged only when it changes', async () => {
    const lines: string[] = [];
    const metrics = createMetrics({ process: false });
    const logger = createLogger({ LOG_LEVEL: 'info' }, 'worker', { write: (line) => void lines.push(line) });
    const observer = balanceObserver(logger, metrics);

    observer.onRead({ source: 'http', seconds: 0.02, clients: 5, unknown: 2 });
    observer.onChange({ source: 'http', state: 'down', reason: 'HTTP 500' });
    const down = await metrics.text();
    observer.onChange({ source: 'http', state: 'up' });
    observer.onClient({ source: 'http', clientId: '7', reason: 'no exact amount' });
    observer.onClient({ source: 'http', clientId: '7', reason: null });

    expect(down).toContain('lowwater_balance_reads_total{source="http",outcome="known"} 3');
    expect(down).toContain('lowwater_balance_reads_total{source="http",outcome="unknown"} 2');
    expect(down).toContain('lowwater_balance_source_up{source="http"} 0');
    expect(await metrics.text()).toContain('lowwater_balance_source_up{source="http"} 1');
    expect(lines.map((line) => (JSON.parse(line) as { level: string }).level)).toEqual([
      'error',
      'info',
      'warn',
      'info',
    ]);
    expect(JSON.parse(String(lines[2]))).toMatchObject({ clientId: '7', reason: 'no exact amount' });
  });
});

describe('the ops server', () => {
  let server: OpsServer;
  let checks: () => Promise<readonly Check[]>;

  beforeAll(async () => {
    server = await startOpsServer({
      port: 0,
      host: '127.0.0.1',
      ready: () => checks(),
      metricsText: () => Promise.resolve('lowwater_build_info 1\n'),
    });
  });
  afterAll(() => server.stop());

  test('answers /livez without asking anybody', async () => {
    checks = () => Promise.reject(new Error('must not be asked'));
    const response = await fetch(`${server.url}/livez`);

    expect([response.status, await response.text()]).toEqual([200, 'ok\n']);
  });

  test.each([
    ['all is well', () => Promise.resolve([{ name: 'postgres', ok: true }]), 200, true],
    ['one is not', () => Promise.resolve([{ name: 'postgres', ok: false, detail: 'ECONNREFUSED' }]), 503, false],
    ['the checks themselves fail', () => Promise.reject(new Error('bug')), 503, false],
  ])('tells at /readyz with every check: %s', async (_what, ready: () => Promise<Check[]>, status, isReady) => {
    checks = ready;
    const response = await fetch(`${server.url}/readyz?verbose`);
    const body = (await response.json()) as { ready: boolean; checks: Check[] };

    expect([response.status, body.ready]).toEqual([status, isReady]);
    expect(body.checks).toHaveLength(1);
  });

  test('serves metrics as Prometheus wants them, and nothing else', async () => {
    const metrics = await fetch(`${server.url}/metrics`);

    expect(metrics.headers.get('content-type')).toBe('text/plain; version=0.0.4; charset=utf-8');
    expect(await metrics.text()).toBe('lowwater_build_info 1\n');
    expect((await fetch(`${server.url}/`)).status).toBe(404);
    expect((await fetch(`${server.url}/metrics`, { method: 'POST' })).status).toBe(405);
    expect((await fetch(`${server.url}/livez`, { method: 'HEAD' })).status).toBe(200);
  });

  test('says that its port is taken', async () => {
    const port = Number(new URL(server.url).port);
    const second = startOpsServer({ port, host: '127.0.0.1', ready: checks, metricsText: () => Promise.resolve('') });

    await expect(second).rejects.toMatchObject({ code: 'EADDRINUSE' });
  });
});

describe("the SDK's metrics", () => {
  let telemetry: RuntimeTelemetry;
  beforeAll(async () => {
    telemetry = await installRuntimeTelemetry(nullLogger);
  });
  afterAll(() => telemetry.stop());

  test('stand on the same page as ours; without them ours do', async () => {
    const text = joinedMetrics(() => Promise.resolve('lowwater_build_info 1'), telemetry);
    Runtime.instance().metricMeter.createCounter('probe').add(1);

    expect(await text()).toMatch(/^lowwater_build_info 1\n[^]*\nprobe_total 1\n/);

    await telemetry.stop();
    expect(await text()).toBe('lowwater_build_info 1\n');
  });
});
