import { setTimeout as delay } from 'node:timers/promises';
import type { TestWorkflowEnvironment } from '@temporalio/testing';

/** While time skips, hours pass on the server's clock within this real time. */
const watchEveryMs = 20_000;

/**
 * Skips time on the test server. The server does not skip while it takes a task to be running; when it is wrong about
 * that, the sleep would take its full time, so the clock is monitored. Reading the clock now and then also keeps the
 * server from closing a connection that carries only keepalive pings.
 *
 * @throws Error when the clock no longer skips
 */
export async function skipTime(env: TestWorkflowEnvironment, durationMs: number, signal?: AbortSignal): Promise<void> {
  const over = new AbortController();
  const given = signal ? AbortSignal.any([signal, over.signal]) : over.signal;
  const sleeping = env.connection.withAbortSignal(given, () => env.sleep(durationMs));
  const watching = watchClock(env, over.signal);
  try {
    await Promise.race([sleeping, watching]);
  } finally {
    over.abort();
    // A call that is repeated on a closed connection would end the process.
    await Promise.allSettled([sleeping, watching]);
  }
}

/** Resolves when it is aborted. */
async function watchClock(env: TestWorkflowEnvironment, signal: AbortSignal): Promise<void> {
  for (let beforeMs = await env.currentTimeMs(); ;) {
    await delay(watchEveryMs, undefined, { signal }).catch(() => undefined);
    if (signal.aborted) return;
    const nowMs = await env.currentTimeMs();
    if (nowMs - beforeMs < 2 * watchEveryMs) throw new Error("the test server's clock does not skip any more");
    beforeMs = nowMs;
  }
}
