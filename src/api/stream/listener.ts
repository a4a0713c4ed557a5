import type { Logger } from '../../observability/logger.js';
import type { Sql } from '../../storage/system/database.js';
import { changesChannel, parseAccessChange, parseChanges, type AccessChange, type Change } from './changes.js';

export interface Listener {
  stop(): Promise<void>;
}

/**
 * Listens for changes on its own connection. PostgreSQL keeps no notification for a listener that is away: when
 * the connection was lost and is back, `onGap` says that something may have been missed.
 */
export async function startListener(
  sql: Sql,
  logger: Logger,
  on: {
    readonly onChanges: (changes: readonly Change[]) => void;
    readonly onAccess: (change: AccessChange) => void;
    readonly onGap: () => void;
  },
): Promise<Listener> {
  let isFirst = true;
  const listening = await sql.listen(
    changesChannel,
    (payload) => {
      const access = parseAccessChange(payload);
      if (access) on.onAccess(access);
      else on.onChanges(parseChanges(payload));
    },
    () => {
      if (!isFirst) {
        logger.warn({}, 'database connection restored: open pages read everything again');
        on.onGap();
      }
      isFirst = false;
    },
  );
  return { stop: () => listening.unlisten() };
}
