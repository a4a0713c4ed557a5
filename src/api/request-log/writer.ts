import type { Logger } from '../../observability/logger.js';
import type { Sql } from '../../storage/system/database.js';
import { insertRequests, type LoggedRequest } from '../../storage/system/requests/request-log.js';

/** Writes the request log behind the answers, in batches. A process that crashes loses at most its last second. */
export interface RequestLogWriter {
  /** Keeps a request for the next batch; `read` is called then, and only if there is room. */
  add(status: number, isRead: boolean, read: () => LoggedRequest): void;
  /** Writes what waits. */
  flush(): Promise<void>;
  stop(): Promise<void>;
}

const everyMs = 1000;

/** The log must not cost more than what it logs: past this, the least useful requests of a second are left out. */
const mostASecond = 200;

export function startRequestLog(sql: Sql, logger: Logger, days: number): RequestLogWriter {
  /** faults, changes, reads: in the order in which they are kept */
  const waiting: (() => LoggedRequest)[][] = [[], [], []];
  let left = 0;
  let timer: NodeJS.Timeout | null = null;
  let writing: Promise<void> = Promise.resolve();

  async function write(): Promise<void> {
    timer = null;
    const batch = waiting
      .flat()
      .slice(0, mostASecond)
      .map((read) => read())
      .sort((a, b) => a.at.getTime() - b.at.getTime());
    for (const rank of waiting) rank.length = 0;
    const leftNow = left;
    left = 0;
    if (leftNow > 0) logger.debug({ left: leftNow }, 'more requests per second than the request log keeps');
    if (batch.length === 0) return;
    try {
      await insertRequests(sql, batch);
    } catch (error) {
      logger.warn({ err: error, requests: batch.length }, 'request log not written');
    }
  }

  const flush = async (): Promise<void> => {
    if (timer !== null) clearTimeout(timer);
    await writing;
    await (writing = write());
  };

  return {
    add(status, isRead, read) {
      if (days === 0) return;
      const kept = waiting[status >= 400 ? 0 : isRead ? 2 : 1];
      if (!kept || kept.length >= mostASecond) left++;
      else kept.push(read);
      // One batch at a time: while the database does not respond, the others wait here, where their number is limited.
      timer ??= setTimeout(() => (writing = writing.then(write)), everyMs);
    },
    flush,
    stop: flush,
  };
}
