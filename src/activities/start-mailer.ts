import { setTimeout as delay } from 'node:timers/promises';

/** Sends emails that wait for as long as it runs. */
interface Mailer {
  stop(): Promise<void>;
}

const pollMs = 2000;
const afterFailureMs = 10_000;

/** @param send sends what is due now, and ends early when its signal is aborted; a failure is passed to `onFailure`, and tried again later */
export function startMailer(
  send: (signal: AbortSignal) => Promise<unknown>,
  onFailure: (error: unknown) => void,
): Mailer {
  const stopping = new AbortController();
  const { signal } = stopping;

  async function run(): Promise<void> {
    while (!signal.aborted) {
      let waitMs = pollMs;
      try {
        await send(signal);
      } catch (error) {
        waitMs = afterFailureMs;
        onFailure(error);
      }
      await delay(waitMs, undefined, { signal }).catch(() => undefined);
    }
  }

  const running = run();
  return {
    async stop() {
      stopping.abort();
      await running;
    },
  };
}
