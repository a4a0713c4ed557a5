import { useSyncExternalStore } from 'react';
import { serverNow } from '../../api/transport';

/** One timer for all that counts at the same pace, however many rows a list has. */
interface Pace {
  readonly listeners: Set<() => void>;
  timer: ReturnType<typeof setInterval> | null;
}

const paces = new Map<number, Pace>();

/** The server's time in ms, renewed every `stepMs`. */
export function useNow(stepMs: number): number {
  return useSyncExternalStore(
    (listener) => follow(stepMs, listener),
    () => Math.floor(serverNow() / stepMs) * stepMs,
  );
}

function follow(stepMs: number, listener: () => void): () => void {
  const pace = paces.get(stepMs) ?? { listeners: new Set(), timer: null };
  paces.set(stepMs, pace);
  pace.listeners.add(listener);
  pace.timer ??= setInterval(() => {
    for (const notify of pace.listeners) notify();
  }, stepMs);
  return () => {
    pace.listeners.delete(listener);
    if (pace.listeners.size > 0 || pace.timer === null) return;
    clearInterval(pace.timer);
    pace.timer = null;
  };
}
