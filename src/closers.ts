import type { Logger } from './observability/logger.js';

/** Closes one thing that a process has opened. */
export type Closer = () => Promise<unknown> | undefined;

/** The last opened first; one that fails to close keeps no other from it. */
export async function closeAll(closers: Closer[], logger: Logger): Promise<void> {
  for (let closer = closers.pop(); closer; closer = closers.pop()) {
    try {
      await closer();
    } catch (error) {
      logger.error({ err: error }, 'part of the worker not closed');
    }
  }
}

export function once(work: () => Promise<void>): () => Promise<void> {
  let done: Promise<void> | undefined;
  return () => (done ??= work());
}
