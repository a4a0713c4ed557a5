import { setTimeout as delay } from 'node:timers/promises';
import type { Logger } from '../observability/logger.js';
import { Sleeper } from '../storage/system/sleeper.js';
import type { Sql } from '../storage/system/database.js';

interface StarterParts {
  readonly sql: Sql;
  readonly logger: Logger;
  /** PostgreSQL notifies on it of new rows */
  readonly channel: string;
  /** in logs: `card payments` */
  readonly what: string;
  /** Rows whose workflow must be started or asked to look: marks them. */
  readonly claim: (sql: Sql, limit: number) => Promise<readonly string[]>;
  /** Its workflow could not be started: it is tried again. */
  readonly release: (sql: Sql, id: string) => Promise<void>;
  readonly wake: (id: string) => Promise<void>;
}

export interface WorkflowStarter {
  stop(): Promise<void>;
}

const pollMs = 2000;
const afterFailureMs = 5000;
const batch = 50;

/**
 * Starts the workflows of rows that were decided, for as long as it runs. Any number may run at once. What it could not start
 * it tries again, and reconcile finds what it lost.
 */
export async function startWorkflowStarter(parts: StarterParts): Promise<WorkflowStarter> {
  const stopping = new AbortController();
  const sleeper = new Sleeper();
  const listening = await parts.sql.listen(parts.channel, () => sleeper.wake());

  async function run(): Promise<void> {
    while (!stopping.signal.aborted) {
      try {
        const started = await startSome(parts);
        if (started === 0) await sleeper.sleep(pollMs);
      } catch (error) {
        parts.logger.error({ err: error }, `${parts.what} not started, retrying`);
        await delay(afterFailureMs, undefined, { signal: stopping.signal }).catch(() => undefined);
      }
    }
  }

  const loop = run();
  return {
    async stop() {
      stopping.abort();
      sleeper.wake();
      await loop;
      await listening.unlisten();
    },
  };
}

/** @returns how many workflows were started */
async function startSome({ sql, claim, release, wake }: StarterParts): Promise<number> {
  const ids = await claim(sql, batch);
  for (const id of ids) {
    try {
      await wake(id);
    } catch (error) {
      for (const left of ids.slice(ids.indexOf(id))) await release(sql, left);
      throw error;
    }
  }
  return ids.length;
}
