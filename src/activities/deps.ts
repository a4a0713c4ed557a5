import type { BalanceSource } from '../balances/source.js';
import type { MonitorOptions } from '../domain/monitoring/state.js';
import type { CardPaymentControl } from '../contract/card-payments.js';
import type { RateNotificationControl } from '../contract/rate-notifications.js';
import type { CreditRequestControl } from '../contract/credit-requests.js';
import type { JobControl } from '../contract/jobs.js';
import type { MonitorActions } from '../contract/monitor-actions.js';
import type { MonitorControl } from '../contract/monitor-control.js';
import type { BounceMailbox } from '../mail/bounces/bounce-mailbox.js';
import type { MailTransport } from '../mail/smtp/transport.js';
import type { GatewayAccess } from '../services/payments/gateways/gateway-access.js';
import type { ChannelAccess } from './notifications/channel-attempt.js';
import type { Logger } from '../observability/logger.js';
import type { Metrics } from '../observability/metrics.js';
import type { Sql } from '../storage/system/database.js';

/** What the activities need of the world; the worker makes it once, tests make their own. */
export interface ActivityDeps {
  readonly sql: Sql;
  /** null: our own ledger, read with the observe statement itself */
  readonly balances: BalanceSource | null;
  readonly mail: MailTransport;
  /** null or absent: no mailbox for bounces is set */
  readonly bounces?: BounceMailbox | null;
  readonly logger: Logger;
  readonly settings: ActivitySettings;
  readonly monitors: MonitorControl;
  /** what jobs and credit requests ask of monitors, and who wakes them and card payments */
  readonly actions: MonitorActions & JobControl & CreditRequestControl & CardPaymentControl & RateNotificationControl;
  /** null or absent: no key opens the secrets of payment gateways, so that no card is charged */
  readonly gateways?: GatewayAccess | null;
  /** null or absent: no key opens the secrets of notification channels, so that these wait */
  readonly channels?: ChannelAccess | null;
  readonly metrics?: Metrics;
}

interface ActivitySettings {
  readonly monitor: MonitorOptions;
  readonly creditWarningHours: number;
  readonly mailDomain: string;
  /** to which servers return emails; absent: to the sender of emails */
  readonly bounceAddress?: string | undefined;
  readonly publicUrl: string | null;
  /** first wait before a recipient that was refused for now is retried while another dialogue runs; default 10 s */
  readonly deliveryRetryMs?: number;
  /** how long a scheduled check may wait for others to share its SQL statement; 0: not at all */
  readonly batchWindowMs: number;
  /**
   * checks in one statement at most; default 200. Fewer than the workflows kept in memory, whose slots wait for it
   */
  readonly batchSize?: number;
  /** a monitor is overdue when it is this late */
  readonly overdueMs: number;
  /** rows of finished work are kept this long */
  readonly retentionDays: number;
  /** requests of the API are kept this long */
  readonly requestLogDays: number;
  /** files of rate notifications are kept this long after they were sent; 0: forever */
  readonly rateFileDays: number;
}
