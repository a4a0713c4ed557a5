import { setTimeout as delay } from 'node:timers/promises';
import type { TestWorkflowEnvironment } from '@temporalio/testing';

/** A clock that skips goes on by hours in so much time. */
const watchEveryMs = 20_000;

/**
 * Lets time skip. The server does not skip while it takes something to be under way; should it be wrong about that, the
 * sleep would take as long as it says: it is watched, and given up. Being asked for its clock every now and then also
 * keeps the server from cutting a connection on which nothing but keepalive pings was heard for long.
 */
export async function sleepOn(env: TestWorkflowEnvironment, durationMs: number, signal?: AbortSignal): Promise<void> {
  const over = new AbortController();
  const given = signal ? AbortSignal.any([signal, over.signal]) : over.signal;
  const sleeping = env.connection.withAbortSignal(given, () => env.sleep(durationMs));
  const watching = watchClock(env, over.signal);
  try {
    await Promise.race([sleeping, watching]);
  } finally {
    over.abort();
    // A call that is tried again on a connection that was closed meanwhile would bring the process down.
    await Promise.allSettled([sleeping, watching]);
  }
}

/** Resolves when it is called off. */
async function watchClock(env: TestWorkflowEnvironment, signal: AbortSignal): Promise<void> {
  for (let beforeMs = await env.currentTimeMs(); ;) {
    await delay(watchEveryMs, undefined, { signal }).catch(() => undefined);
    if (signal.aborted) return;
    const nowMs = await env.currentTimeMs();
    if (nowMs - beforeMs < 2 * watchEveryMs) throw new Error("the test server's clock does not skip any more");
    beforeMs = nowMs;
  }
}
