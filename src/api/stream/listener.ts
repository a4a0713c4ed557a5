import type { Logger } from '../../observability/logger.js';
import type { Sql } from '../../storage/system/database.js';
import { changesChannel, parseChanges, type Change } from './changes.js';

export interface Listener {
  stop(): Promise<void>;
}

/**
 * Listens for changes on one connection of its own. PostgreSQL keeps no notification for a listener that is away: when
 * the connection was lost and is back, `onGap` says that something may have been missed.
 */
export async function startListener(
  sql: Sql,
  logger: Logger,
  on: { readonly onChanges: (changes: readonly Change[]) => void; readonly onGap: () => void },
): Promise<Listener> {
  let isFirst = true;
  const listening = await sql.listen(
    changesChannel,
    (payload) => on.onChanges(parseChanges(payload)),
    () => {
      if (!isFirst) {
        logger.warn({}, 'changes are heard again after the database was away: open pages are told to read anew');
        on.onGap();
      }
      isFirst = false;
    },
  );
  return { stop: () => listening.unlisten() };
}
