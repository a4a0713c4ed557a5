import type { Logger } from './logger.js';
import type { Metrics } from './metrics.js';

/** What a balance source reports, as a log line for each change of state and as metrics. */
export interface BalanceObserver {
  onRead(read: { source: string; seconds: number; clients: number; unknown: number }): void;
  onChange(change: { source: string; state: 'down' | 'up'; reason?: string }): void;
  onClient(change: { source: string; clientId: string; reason: string | null }): void;
}

/** Goes to `createBalanceSource(config, balanceObserver(logger, metrics))`. */
export function balanceObserver(logger: Logger, metrics: Metrics): BalanceObserver {
  return {
    onRead: ({ source, seconds, clients, unknown }) => {
      metrics.balanceReadDuration.observe({ source }, seconds);
      metrics.balanceReads.inc({ source, outcome: 'known' }, clients - unknown);
      metrics.balanceReads.inc({ source, outcome: 'unknown' }, unknown);
    },
    onChange: ({ source, state, reason }) => {
      metrics.balanceSourceUp.set({ source }, state === 'up' ? 1 : 0);
      if (state === 'up') logger.info({ source }, 'balance source available again');
      else
        logger.error({ source, reason }, 'balance source unavailable: balances are unknown, no notifications are sent');
    },
    onClient: ({ source, clientId, reason }) => {
      if (reason === null) logger.info({ source, clientId }, 'balance of the client available again');
      else logger.warn({ source, clientId, reason }, 'balance of the client unknown: no notifications are sent');
    },
  };
}
