import type { Logger } from '../observability/logger.js';
import type { Sql } from '../storage/system/database.js';
import { startQueueLoop, type QueueLoop } from './queue-loop.js';

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

const pollMs = 2000;
const batch = 50;

/**
 * Starts the workflows of rows that were decided, for as long as it runs. Any number may run at once. What it could not start
 * it tries again, and reconcile finds what it lost.
 */
export function startWorkflowStarter(parts: StarterParts): Promise<QueueLoop> {
  const { sql, logger, channel, what } = parts;
  const failure = `${what} not started, retrying`;
  return startQueueLoop({ sql, logger, channel, pollMs, failure, work: () => startSome(parts) });
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
