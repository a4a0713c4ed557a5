import { Counter, Gauge, Histogram, Registry, collectDefaultMetrics } from 'prom-client';

/** Numbers that are read from the database on request. */
export interface FleetNumbers {
  /** monitored clients by state word */
  readonly clientsByState: ReadonlyMap<string, number>;
  /** checks whose time has passed and that were not made */
  readonly overdueChecks: number;
  readonly outboxDepth: number;
  /** age of the oldest row that is due; 0: none waits */
  readonly outboxOldestSeconds: number;
  /** open entries of the events log by kind */
  readonly openEvents: ReadonlyMap<string, number>;
}

/** However often the metrics are scraped, the database is asked at most this often. */
const fleetNumbersMaxAgeMs = 10_000;

/** A scrape does not wait longer for them: the other metrics are worth more than a whole answer that comes too late. */
const fleetNumbersWithinMs = 500;

const lagBuckets = [0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10, 30, 60, 300, 900, 3600];
const quickBuckets = [0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10];

/** What the processes count. The label values below are all there are. */
export interface Metrics {
  readonly registry: Registry;
  /** kind: `scheduled`, `manual`, `change`; outcome: `known` (decided), `unknown` (no balance: nothing decided) */
  readonly checks: Counter<'kind' | 'outcome'>;
  readonly checkLag: Histogram;
  /** audience: of the rule, or `credit`; outcome: `accepted`, `failed`, `uncertain` */
  readonly deliveries: Counter<'audience' | 'outcome'>;
  /** result: `accepted`, `refused`, `refused_for_good`, `uncertain` */
  readonly mailAttempts: Counter<'result'>;
  /** kind: `slack`, `teams`, `sms`; result as of `mailAttempts` */
  readonly channelAttempts: Counter<'kind' | 'result'>;
  /** outcome of an attempt: `accepted`, `retrying`, `failed` (the last one) */
  readonly webhookAttempts: Counter<'outcome'>;
  readonly revertLag: Histogram;
  readonly observeBatchSize: Histogram;
  /** source: `sql`, `http`; outcome: `known`, `unknown` */
  readonly balanceReads: Counter<'source' | 'outcome'>;
  readonly balanceReadDuration: Histogram<'source'>;
  readonly balanceSourceUp: Gauge<'source'>;
  /** operation: the route's pattern, never an address with ids */
  readonly httpRequestDuration: Histogram<'operation' | 'method' | 'status'>;
  /** Adds the numbers of the whole fleet, which every process with a database reports alike. */
  collectFleet(query: () => Promise<FleetNumbers>): void;
  /** All of it in Prometheus' text format. */
  text(): Promise<string>;
}

interface MetricsOptions {
  readonly version?: string;
  /** Node's own metrics too; default true */
  readonly process?: boolean;
}

/**
 * The metrics of one process, in base units and under the prefix `lowwater_`, besides Node's own `process_` and
 * `nodejs_`. No label holds an id: a fleet of a million clients has as many series as one of ten.
 *
 * Meanings, alerts and the dashboard: docs/operations.md, "Metrics".
 */
export function createMetrics(options: MetricsOptions = {}): Metrics {
  const registry = new Registry();
  const registers = [registry];
  if (options.process ?? true) collectDefaultMetrics({ register: registry });
  new Gauge({
    name: 'lowwater_build_info',
    help: 'Always 1. The label holds the running version.',
    labelNames: ['version'],
    registers,
  })
    .labels(options.version ?? 'unknown')
    .set(1);

  return {
    registry,
    checks: new Counter({
      name: 'lowwater_checks_total',
      help: 'Checks, by kind and by whether the balance was known.',
      labelNames: ['kind', 'outcome'],
      registers,
    }),
    checkLag: new Histogram({
      name: 'lowwater_check_lag_seconds',
      help: 'Delay of scheduled checks after their due time.',
      buckets: lagBuckets,
      registers,
    }),
    deliveries: new Counter({
      name: 'lowwater_deliveries_total',
      help: 'Ended deliveries, one per recipient, by audience and outcome.',
      labelNames: ['audience', 'outcome'],
      registers,
    }),
    mailAttempts: new Counter({
      name: 'lowwater_mail_attempts_total',
      help: 'SMTP dialogues, by result.',
      labelNames: ['result'],
      registers,
    }),
    channelAttempts: new Counter({
      name: 'lowwater_channel_attempts_total',
      help: 'Requests to notification channels, by kind and result.',
      labelNames: ['kind', 'result'],
      registers,
    }),
    webhookAttempts: new Counter({
      name: 'lowwater_webhook_attempts_total',
      help: 'Requests to webhook endpoints, by outcome.',
      labelNames: ['outcome'],
      registers,
    }),
    revertLag: new Histogram({
      name: 'lowwater_temporary_credit_revert_lag_seconds',
      help: 'Delay between the end of a temporary credit and its recorded revert. The ended credit never counts as available.',
      buckets: lagBuckets,
      registers,
    }),
    observeBatchSize: new Histogram({
      name: 'lowwater_observe_batch_size',
      help: 'Clients read with one SQL statement.',
      buckets: [1, 2, 5, 10, 20, 50, 100, 200, 400],
      registers,
    }),
    balanceReads: new Counter({
      name: 'lowwater_balance_reads_total',
      help: 'Balances requested from an external balance source, by outcome.',
      labelNames: ['source', 'outcome'],
      registers,
    }),
    balanceReadDuration: new Histogram({
      name: 'lowwater_balance_read_duration_seconds',
      help: 'Time to read a batch of balances from an external balance source.',
      labelNames: ['source'],
      buckets: quickBuckets,
      registers,
    }),
    balanceSourceUp: new Gauge({
      name: 'lowwater_balance_source_up',
      help: '1 while the external balance source responds, 0 while it does not.',
      labelNames: ['source'],
      registers,
    }),
    httpRequestDuration: new Histogram({
      name: 'lowwater_http_request_duration_seconds',
      help: 'HTTP requests, by operation, method, and status.',
      labelNames: ['operation', 'method', 'status'],
      buckets: quickBuckets,
      registers,
    }),
    collectFleet: (query) => addFleetGauges(registry, query),
    text: () => registry.metrics(),
  };
}

type Counts = ReadonlyMap<string, number>;

/** One query serves all its gauges; where it fails they have no value, rather than an old or a false one. */
function addFleetGauges(registry: Registry, query: () => Promise<FleetNumbers>): void {
  const kept = cached(query, fleetNumbersMaxAgeMs);
  const read = (): Promise<FleetNumbers> => inTime(kept(), fleetNumbersWithinMs);
  const gauge = (name: string, help: string, set: (gauge: Gauge, numbers: FleetNumbers) => void): void => {
    new Gauge({
      name,
      help,
      registers: [registry],
      async collect() {
        this.remove();
        const numbers = await read().catch(() => null);
        if (numbers) set(this, numbers);
      },
    });
  };
  gauge('lowwater_checks_overdue', 'Overdue checks.', (it, numbers) => it.set(numbers.overdueChecks));
  gauge('lowwater_outbox_depth', 'Pending signals to monitors.', (it, numbers) => it.set(numbers.outboxDepth));
  gauge('lowwater_outbox_oldest_seconds', 'Age of the oldest pending signal to a monitor.', (it, numbers) =>
    it.set(numbers.outboxOldestSeconds),
  );
  const labeled = (name: string, help: string, label: string, counts: (numbers: FleetNumbers) => Counts): void => {
    new Gauge({
      name,
      help,
      labelNames: [label],
      registers: [registry],
      async collect() {
        this.reset();
        const numbers = await read().catch(() => null);
        for (const [value, count] of numbers ? counts(numbers) : []) this.set({ [label]: value }, count);
      },
    });
  };
  labeled('lowwater_clients', 'Monitored clients by state.', 'state', (numbers) => numbers.clientsByState);
  labeled('lowwater_events_open', 'Open events by kind.', 'kind', (numbers) => numbers.openEvents);
}

/** While a query has not ended, no other is begun. */
function cached<Value>(query: () => Promise<Value>, maxAgeMs: number): () => Promise<Value> {
  let last: { readonly at: number; readonly value: Promise<Value>; hasEnded: boolean } | undefined;
  return () => {
    if (!last || (last.hasEnded && Date.now() - last.at > maxAgeMs)) {
      const next = { at: Date.now(), value: query(), hasEnded: false };
      last = next;
      next.value.then(
        () => (next.hasEnded = true),
        () => (last = undefined),
      );
    }
    return last.value;
  };
}

async function inTime<Value>(value: Promise<Value>, withinMs: number): Promise<Value> {
  let timer: NodeJS.Timeout | undefined;
  const late = new Promise<never>((_resolve, reject) => {
    timer = setTimeout(() => reject(new Error(`no answer within ${withinMs} ms`)), withinMs);
  });
  try {
    return await Promise.race([value, late]);
  } finally {
    clearTimeout(timer);
  }
}
