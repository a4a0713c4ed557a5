import type { ActivityDeps } from '../../../src/activities/index.js';
import { nullLogger } from '../../../src/observability/logger.js';
import type { Sql } from '../../../src/storage/system/database.js';
import { FakeTemporal } from '../api/fake-temporal.js';
import { fakeMail } from '../mail/fake-mail.js';

export interface DepsWish extends Partial<Omit<ActivityDeps, 'sql' | 'settings'>> {
  readonly settings?: Partial<ActivityDeps['settings']>;
  readonly monitor?: Partial<ActivityDeps['settings']['monitor']>;
}

/** What activities need: a real database, a made-up mail server, and settings under which nothing waits or is spread. */
export function testDeps(sql: Sql, wish: DepsWish = {}): ActivityDeps {
  const { settings, monitor, ...parts } = wish;
  return {
    sql,
    balances: null,
    mail: fakeMail(),
    logger: nullLogger,
    monitors: {
      signal: async () => undefined,
      pendingTask: async () => null,
      hasPollers: async () => true,
      replace: async () => undefined,
    },
    actions: new FakeTemporal(),
    ...parts,
    settings: {
      monitor: { continueAfterEvents: 120, continueAfterChecks: 20, spreadShare: 0, spreadMaxMs: 0, ...monitor },
      creditWarningHours: 24,
      mailDomain: 'lowwater.test',
      publicUrl: null,
      batchWindowMs: 0,
      overdueMs: 60_000,
      retentionDays: 90,
      requestLogDays: 14,
      rateFileDays: 365,
      ...settings,
    },
  };
}
