import type { Logger } from '../../observability/logger.js';
import type { WriteWatch } from '../../storage/system/scope.js';
import { ApiProblem } from './problem.js';

/** Every request is answered within this time, whatever it waits for. Reading its body does not count. */
const answerWithinMs = 10_000;
/** From when a file has arrived, which is read and kept whole. */
const fileWithinMs = 60_000;

/**
 * So many requests that were answered without an outcome, and still wait, mean that the database does not respond. No
 * more requests are then begun: each would only wait behind them.
 */
const maxAbandoned = 20;

export const retryAfterSeconds = 5;

/** Runs something after a time, unless the returned function is called before. */
export type StartTimer = (run: () => void, ms: number) => () => void;

const startRealTimer: StartTimer = (run, ms) => {
  const timer = setTimeout(run, ms);
  return () => clearTimeout(timer);
};

/** The requests of one API that were answered before their work ended. */
export interface AbandonedRequests {
  /** @throws ApiProblem `database_unavailable` while too many requests wait for the database */
  requireRoom(): void;
  add(work: Promise<unknown>, requestId: string): void;
}

export function watchAbandoned(logger: Logger): AbandonedRequests {
  let size = 0;
  return {
    requireRoom() {
      if (size >= maxAbandoned) throw databaseProblem('the database does not respond');
    },
    add(work, requestId) {
      size++;
      const ended = (outcome: Record<string, unknown>): void => {
        size--;
        logger.warn({ ...outcome, requestId }, 'a request ended after it was answered with 503');
      };
      work.then(
        () => ended({ succeeded: true }),
        (error: unknown) => ended({ succeeded: false, err: error }),
      );
    },
  };
}

/** The time in which one request must be answered, and whether it may have changed something by then. */
export class AnswerBound implements WriteWatch {
  private leftMs = answerWithinMs;
  private isOver = false;
  private hasCommitted = false;

  constructor(
    private readonly abandoned: AbandonedRequests,
    private readonly requestId: string,
    private readonly startTimer: StartTimer = startRealTimer,
  ) {}

  /** A file has arrived: from now on there is the time that it takes to read it. */
  allowFile(): void {
    this.leftMs = fileWithinMs;
  }

  /**
   * Waits for `work` as long as there is time. What did not end by then continues until it would change something; nothing
   * of it is sent.
   *
   * @param late what is answered when the time is over, given whether a transaction was committed, or was about to be
   */
  async wait<T>(work: () => Promise<T>, late: (hasCommitted: boolean) => ApiProblem = unchanged): Promise<T> {
    const startedAt = performance.now();
    const working = work();
    let stopTimer = (): void => undefined;
    const end = new Promise<never>((_resolve, reject) => {
      stopTimer = this.startTimer(() => {
        this.isOver = true;
        this.abandoned.add(working, this.requestId);
        reject(late(this.hasCommitted));
      }, this.leftMs);
    });
    try {
      return await Promise.race([working, end]);
    } finally {
      stopTimer();
      this.leftMs = Math.max(0, this.leftMs - (performance.now() - startedAt));
    }
  }

  /** What is sent while it is read has the whole time for each part: then it is broken off. */
  async *each<T>(parts: AsyncIterable<T>): AsyncGenerator<T> {
    const iterator = parts[Symbol.asyncIterator]();
    for (;;) {
      this.leftMs = answerWithinMs;
      const next = await this.wait(() => iterator.next());
      if (next.done) return;
      yield next.value;
    }
  }

  /** @throws ApiProblem after the request was answered: what has not begun is left alone */
  requireTime(): void {
    if (this.isOver) throw databaseProblem('the request was answered before the database responded');
  }

  beforeCommit(): void {
    this.requireTime();
    this.hasCommitted = true;
  }
}

/** Nothing was changed: the database was not asked to, or did not get the commit. */
export function databaseProblem(detail: string): ApiProblem {
  return new ApiProblem('database_unavailable', detail, { retryAfterSeconds });
}

export function unchanged(): ApiProblem {
  return databaseProblem('the database did not respond in time; nothing was changed');
}
