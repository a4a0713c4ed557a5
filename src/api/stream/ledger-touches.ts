import type { Logger } from '../../observability/logger.js';
import type { Sql } from '../../storage/system/database.js';
import { notifyChannel } from '../../storage/system/database-server.js';
import { changesChannel, clientPayloads } from './changes.js';

/** Clients whose balance this process has moved, told together once a second. */
interface LedgerTouches {
  touch(clientIds: readonly string[]): void;
  stop(): Promise<void>;
}

const everyMs = 1000;

/**
 * A NOTIFY in the transaction of each charge would make all commits of the ledger wait for each other, so charges are told
 * afterwards, by the process that took them. What a crash loses is a hint: pages also read anew by themselves.
 */
export function startLedgerTouches(sql: Sql, logger: Logger): LedgerTouches {
  const touched = new Set<string>();
  let timer: NodeJS.Timeout | null = null;
  let telling: Promise<void> = Promise.resolve();

  async function tell(): Promise<void> {
    timer = null;
    const payloads = clientPayloads([...touched]);
    touched.clear();
    if (payloads.length === 0) return;
    try {
      await notifyChannel(sql, changesChannel, payloads);
    } catch (error) {
      logger.warn({ err: error }, 'open pages could not be told of moved balances');
    }
  }

  return {
    touch(clientIds) {
      for (const id of clientIds) touched.add(id);
      timer ??= setTimeout(() => (telling = tell()), everyMs);
    },
    async stop() {
      if (timer !== null) clearTimeout(timer);
      await telling;
      await tell();
    },
  };
}
