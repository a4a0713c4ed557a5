import { useSyncExternalStore } from 'react';
import { serverNow } from '../../api/transport';

/** One clock for the whole page: all times that tick change at the same moment, however many rows a list has. */

const tickMs = 1000;
const listeners = new Set<() => void>();
let timer: ReturnType<typeof setInterval> | null = null;

/** The server's time in ms, renewed every `stepMs`. */
export function useNow(stepMs: number): number {
  return useOnClock((now) => Math.floor(now / stepMs) * stepMs);
}

/**
 * What follows from the server's time, such as `in 3 minutes`. Computed at each tick; only another result renders again.
 */
export function useOnClock<Result extends string | number>(compute: (now: number) => Result): Result {
  return useSyncExternalStore(follow, () => compute(serverNow()));
}

function follow(listener: () => void): () => void {
  listeners.add(listener);
  timer ??= setInterval(() => {
    for (const notify of listeners) notify();
  }, tickMs);
  return () => {
    listeners.delete(listener);
    if (listeners.size > 0 || timer === null) return;
    clearInterval(timer);
    timer = null;
  };
}
