import { setTimeout as delay } from 'node:timers/promises';
import { emailStaff, type StaffEmailParts } from './staff-emails.js';

/** Emails staff about new events for as long as it runs. */
interface StaffMailer {
  stop(): Promise<void>;
}

const pollMs = 2000;
const afterFailureMs = 10_000;

export function startStaffMailer(parts: StaffEmailParts): StaffMailer {
  const stopping = new AbortController();
  const { signal } = stopping;

  async function run(): Promise<void> {
    while (!signal.aborted) {
      let waitMs = pollMs;
      try {
        await emailStaff(parts);
      } catch (error) {
        waitMs = afterFailureMs;
        parts.logger.error({ err: error }, 'email about events not sent to staff, retrying');
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
