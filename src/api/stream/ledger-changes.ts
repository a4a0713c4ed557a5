import type { Logger } from '../../observability/logger.js';
import type { Sql } from '../../storage/system/database.js';
import { notifyChannel } from '../../storage/system/database-server.js';
import { changesChannel, clientPayloads } from './changes.js';

/** Clients whose balance this process moved, published together once a second. */
interface LedgerChanges {
  add(clientIds: readonly string[]): void;
  /** Publishes what is collected, and ends. */
  stop(): Promise<void>;
}

const everyMs = 1000;

/**
 * Publishes charges to the pages of all API processes. A NOTIFY in the transaction of each charge would make all commits
 * of the ledger wait for each other, so the process that recorded them sends one batch a second, outside of them. A crash
 * loses only a hint: pages also refresh at intervals.
 */
export function collectLedgerChanges(sql: Sql, logger: Logger): LedgerChanges {
  const changed = new Set<string>();
  let timer: NodeJS.Timeout | null = null;
  let publishing: Promise<void> = Promise.resolve();

  async function publish(): Promise<void> {
    timer = null;
    const payloads = clientPayloads([...changed]);
    changed.clear();
    if (payloads.length === 0) return;
    try {
      await notifyChannel(sql, changesChannel, payloads);
    } catch (error) {
      logger.warn({ err: error }, 'open pages were not notified of changed balances');
    }
  }

  return {
    add(clientIds) {
      for (const id of clientIds) changed.add(id);
      timer ??= setTimeout(() => (publishing = publish()), everyMs);
    },
    async stop() {
      if (timer !== null) clearTimeout(timer);
      await publishing;
      await publish();
    },
  };
}
