import type { Config } from '../config.js';
import type { Actor } from '../contract/monitor.js';
import type { Logger } from '../observability/logger.js';
import type { Metrics } from '../observability/metrics.js';
import type { Sql } from '../storage/database.js';
import type { TemporalGateway } from '../temporal/gateway.js';
import type { RequestLogWriter } from './request-log/writer.js';
import type { Scope } from './scopes.js';
import type { Live } from './stream/live.js';

/** What the API is made of; put together once, by `startApi` or by a test. */
export interface ApiContext {
  readonly sql: Sql;
  readonly temporal: TemporalGateway;
  readonly config: Config;
  readonly logger: Logger;
  readonly metrics: Metrics;
  /** what keeps open pages up to date */
  readonly live: Live;
  readonly requestLog: RequestLogWriter;
  /** ms since 1970 */
  readonly clock: () => number;
  /** of the package */
  readonly version: string;
  /** true from the moment at which the service was told to stop: it is not ready any more */
  readonly draining: () => boolean;
}

/** Whoever sent a request, by its API key. */
export interface Caller {
  readonly keyId: string;
  readonly keyName: string;
  /** the reseller whose subtree is all that this caller can see */
  readonly resellerId: string;
  /** the key belongs to the operator, the root of the tree */
  readonly isOperator: boolean;
  readonly scopes: ReadonlySet<Scope>;
  /** for audit rows and for the monitor */
  readonly actor: Actor;
  /** the key's "Maximum possible increase" (manual 1); null: no bound */
  readonly cap: CreditCap;
}

export interface CreditCap {
  /** decimal string in `currency` */
  readonly maxAmount: string | null;
  readonly currency: string | null;
  /** of the permanent limit */
  readonly maxPercent: string | null;
  readonly maxDays: number | null;
}
