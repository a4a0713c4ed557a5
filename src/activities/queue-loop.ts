import { setTimeout as delay } from 'node:timers/promises';
import type { Logger } from '../observability/logger.js';
import type { Sql } from '../storage/system/database.js';
import { Sleeper } from '../storage/system/sleeper.js';

interface QueueLoopParts {
  readonly sql: Sql;
  readonly logger: Logger;
  /** PostgreSQL notifies on it of new rows */
  readonly channel: string;
  /** how long it waits where nothing notifies it: rows that became due, or that another worker left */
  readonly pollMs: number;
  /** in logs, when the work fails */
  readonly failure: string;
  /**
   * @param wake to be called when more work has become possible
   * @returns how many rows it took; 0: it waits for more
   */
  readonly work: (wake: () => void) => Promise<number>;
}

export interface QueueLoop {
  /** Takes no more, and waits for the work in progress. */
  stop(): Promise<void>;
}

const afterFailureMs = 5000;

/** Takes rows of a queue for as long as it runs. */
export async function startQueueLoop(parts: QueueLoopParts): Promise<QueueLoop> {
  const { sql, logger, channel, pollMs, failure, work } = parts;
  const stopping = new AbortController();
  const sleeper = new Sleeper();
  const wake = (): void => sleeper.wake();
  const listening = await sql.listen(channel, wake);

  async function run(): Promise<void> {
    while (!stopping.signal.aborted) {
      try {
        if ((await work(wake)) === 0) await sleeper.sleep(pollMs);
      } catch (error) {
        logger.error({ err: error }, failure);
        await delay(afterFailureMs, undefined, { signal: stopping.signal }).catch(() => undefined);
      }
    }
  }

  const loop = run();
  return {
    async stop() {
      stopping.abort();
      wake();
      await loop;
      await listening.unlisten();
    },
  };
}
