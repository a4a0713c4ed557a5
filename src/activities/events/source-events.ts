import { raiseSourceFailure, resolveSourceFailure } from '../../storage/events/source-state.js';
import type { Sql } from '../../storage/system/database.js';
import type { BalanceObserver } from '../../observability/balance-observer.js';
import type { Logger } from '../../observability/logger.js';

interface SourceState {
  readonly source: string;
  readonly atMs: number;
  /** null: the source answers */
  readonly failure: string | null;
}

/** An observer that can be waited for. */
export interface SourceEvents {
  readonly observer: BalanceObserver;
  /** resolves when the last change is written, or could not be */
  settled(): Promise<void>;
}

/**
 * Keeps the events log in step with the balance source: an event when it goes down, resolved when it answers again. The
 * first read that succeeds resolves what an earlier process left open. What the database could not take is written at
 * the next read.
 */
export function sourceEvents(sql: Sql, logger: Logger, observer: BalanceObserver): SourceEvents {
  let unwritten: SourceState | null = null;
  let isDown = false;
  let isFirst = true;
  let writing: Promise<void> = Promise.resolve();

  async function write(): Promise<void> {
    const state = unwritten;
    if (!state) return;
    try {
      const { source, failure, atMs } = state;
      if (failure === null) await resolveSourceFailure(sql, source, atMs);
      else await raiseSourceFailure(sql, source, failure, atMs);
      if (unwritten === state) unwritten = null;
    } catch (error) {
      logger.warn({ err: error }, 'state of the balance source not in the events log yet, retrying');
    }
  }

  function note(state: SourceState): void {
    unwritten = state;
    isFirst = false;
  }

  return {
    observer: {
      ...observer,
      onChange(change) {
        const { source, state, reason } = change;
        isDown = state === 'down';
        note({ source, atMs: Date.now(), failure: isDown ? (reason ?? 'no response') : null });
        observer.onChange(change);
      },
      onRead(read) {
        if (isFirst && !isDown) note({ source: read.source, atMs: Date.now(), failure: null });
        if (unwritten) writing = writing.then(write);
        observer.onRead(read);
      },
    },
    settled: () => writing,
  };
}
