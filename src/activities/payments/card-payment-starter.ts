import { setTimeout as delay } from 'node:timers/promises';
import type { CardPaymentControl } from '../../contract/card-payments.js';
import type { Logger } from '../../observability/logger.js';
import {
  cardPaymentChannel,
  claimCardPayments,
  releaseCardPayment,
} from '../../storage/payments/card-payment-queue.js';
import type { Sql } from '../../storage/system/database.js';

interface StarterParts {
  readonly sql: Sql;
  readonly actions: CardPaymentControl;
  readonly logger: Logger;
}

interface CardPaymentStarter {
  stop(): Promise<void>;
}

const pollMs = 2000;
const afterFailureMs = 5000;
const batch = 50;

/**
 * Starts the workflows of card payments that were decided, for as long as it runs: PostgreSQL notifies it of each. Any
 * number may run at once. What it could not start it tries again, and reconcile finds what it lost.
 */
export async function startCardPaymentStarter(parts: StarterParts): Promise<CardPaymentStarter> {
  const stopping = new AbortController();
  let wake: () => void = () => undefined;
  let isWoken = false;
  const listening = await parts.sql.listen(cardPaymentChannel, () => {
    isWoken = true;
    wake();
  });

  async function sleep(ms: number): Promise<void> {
    if (!isWoken && !stopping.signal.aborted) {
      const woken = new Promise<void>((resolve) => (wake = resolve));
      const timer = new AbortController();
      await Promise.race([woken, delay(ms, undefined, { signal: timer.signal }).catch(() => undefined)]);
      timer.abort();
    }
    isWoken = false;
  }

  async function run(): Promise<void> {
    while (!stopping.signal.aborted) {
      try {
        const started = await startCardPayments(parts);
        if (started === 0) await sleep(pollMs);
      } catch (error) {
        parts.logger.error({ err: error }, 'card payments not started, retrying');
        await delay(afterFailureMs, undefined, { signal: stopping.signal }).catch(() => undefined);
      }
    }
  }

  const loop = run();
  return {
    async stop() {
      stopping.abort();
      wake();
      await loop;
      await listening.unlisten();
    },
  };
}

/** @returns how many workflows were started */
async function startCardPayments({ sql, actions }: Omit<StarterParts, 'logger'>): Promise<number> {
  const ids = await claimCardPayments(sql, batch);
  for (const id of ids) {
    try {
      await actions.wakeCardPayment(id);
    } catch (error) {
      for (const left of ids.slice(ids.indexOf(id))) await releaseCardPayment(sql, left);
      throw error;
    }
  }
  return ids.length;
}
