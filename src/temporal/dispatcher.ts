import type { Client } from '@temporalio/client';
import type { Logger } from '../observability/logger.js';
import type { Sql } from '../storage/database.js';
import { pokeForBegunRates } from '../storage/exchange-rates.js';
import { acknowledge, outboxChannel, postpone, takeDue, type DuePoke } from '../storage/outbox.js';
import { pokeMonitor } from './start-monitor.js';

/**
 * Tells monitors what stands in the outbox: signal-with-start until Temporal has it, then the row goes. Any number of
 * dispatchers may run; one of them puts those there whom an exchange rate concerns that has begun. A client is told at most once a second; what comes meanwhile is told together.
 */
export interface Dispatcher {
  /** rows told so far */
  readonly told: number;
  stop(): Promise<void>;
}

const takeAtMost = 200;
const atOnce = 16;
const pollMs = 1000;
const perClientMs = 1000;
const firstRetryMs = 1000;
const longestRetryMs = 30_000;

export async function startDispatcher(sql: Sql, client: Client, logger: Logger): Promise<Dispatcher> {
  const lastTold = new Map<string, number>();
  const wake = new Wake();
  const listening = await sql.listen(outboxChannel, () => wake.now());
  let stopped = false;
  let ratesAt = 0;
  let told = 0;

  async function tell(poke: DuePoke): Promise<void> {
    const soonestMs = (lastTold.get(poke.clientId) ?? 0) + perClientMs - Date.now();
    if (soonestMs > 0) return postpone(sql, poke.ids, 'told less than a second ago', soonestMs);
    lastTold.set(poke.clientId, Date.now());
    try {
      // A look at the balance reads the configuration too, so one signal is enough for all kinds.
      await pokeMonitor(client, poke, poke.kinds[0] ?? 'balanceChanged');
      await acknowledge(sql, poke.ids);
      told += poke.ids.length;
    } catch (error) {
      lastTold.delete(poke.clientId);
      const delayMs = Math.min(firstRetryMs * 2 ** Math.min(poke.attempts - 1, 10), longestRetryMs);
      logger.warn(
        { err: error, clientId: poke.clientId, attempts: poke.attempts },
        'monitor could not be told, trying again',
      );
      await postpone(sql, poke.ids, error instanceof Error ? error.name : 'error', delayMs);
    }
  }

  async function run(): Promise<void> {
    while (!stopped) {
      try {
        if (Date.now() >= ratesAt) {
          ratesAt = Date.now() + pollMs;
          await pokeForBegunRates(sql);
        }
        const due = await takeDue(sql, takeAtMost);
        if (due.length === 0) await wake.wait(pollMs);
        else await inParallel(due, atOnce, tell);
        forget(lastTold);
      } catch (error) {
        logger.error({ err: error }, 'outbox could not be read, trying again');
        await wake.wait(pollMs);
      }
    }
  }

  const running = run();
  return {
    get told() {
      return told;
    },
    async stop() {
      stopped = true;
      wake.now();
      await running;
      await listening.unlisten();
    },
  };
}

/** Clients told more than a second ago need not be remembered. */
function forget(lastTold: Map<string, number>): void {
  const before = Date.now() - perClientMs;
  for (const [clientId, at] of lastTold) if (at < before) lastTold.delete(clientId);
}

async function inParallel<T>(items: readonly T[], width: number, work: (item: T) => Promise<void>): Promise<void> {
  const rest = [...items];
  const lane = async (): Promise<void> => {
    for (let item = rest.shift(); item !== undefined; item = rest.shift()) await work(item);
  };
  await Promise.all(Array.from({ length: Math.min(width, items.length) }, lane));
}

/** A sleep that a notification ends; one that came while nobody slept ends the next. */
class Wake {
  private pending = false;
  private end: (() => void) | null = null;

  now(): void {
    this.pending = true;
    this.end?.();
  }

  async wait(ms: number): Promise<void> {
    if (!this.pending) {
      await new Promise<void>((resolve) => {
        const timer = setTimeout(resolve, ms);
        this.end = () => {
          clearTimeout(timer);
          resolve();
        };
      });
    }
    this.end = null;
    this.pending = false;
  }
}
