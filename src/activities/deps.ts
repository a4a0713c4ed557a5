import type { BalanceSource } from '../balances/source.js';
import type { MonitorOptions } from '../domain/monitoring/state.js';
import type { MailTransport } from '../mail/transport.js';
import type { Logger } from '../observability/logger.js';
import type { Metrics } from '../observability/metrics.js';
import type { Sql } from '../storage/database.js';

/** What the activities need of the world; the worker makes it once, tests make their own. */
export interface ActivityDeps {
  readonly sql: Sql;
  /** null: our own ledger, read with the observe statement itself */
  readonly balances: BalanceSource | null;
  readonly mail: MailTransport;
  readonly logger: Logger;
  readonly settings: ActivitySettings;
  /** starts a monitor that is missing and wakes one that sleeps too long; made where a Temporal client is */
  readonly pokes: MonitorPokes;
  readonly metrics?: Metrics;
}

export interface ActivitySettings {
  readonly monitor: MonitorOptions;
  readonly creditWarningHours: number;
  readonly mailDomain: string;
  readonly publicUrl: string | null;
  /** how long a scheduled check may wait for others to share its SQL statement; 0: not at all */
  readonly batchWindowMs: number;
  /** checks in one statement at most; default 200. Fewer than the workflows kept in memory, whose slots wait meanwhile */
  readonly batchSize?: number;
  /** a monitor is overdue when its check is this late */
  readonly overdueMs: number;
  /** rows of finished work are kept this long */
  readonly retentionDays: number;
  /** requests of the API are kept this long */
  readonly requestLogDays: number;
}

export interface MonitorPokes {
  /** signal-with-start: resolves once Temporal has it */
  wake(client: { readonly clientId: string; readonly resellerId: string }): Promise<void>;
}
