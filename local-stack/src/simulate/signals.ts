import type { Client } from '@temporalio/client';
import type { Sql } from '../../../src/storage/system/database.js';
import { signalForEffectiveRates } from '../../../src/storage/rates/exchange-rates.js';
import { acknowledgeSignal, claimDueSignals } from '../../../src/storage/monitoring/signal-claims.js';
import { signalMonitor } from '../../../src/temporal/start-monitor.js';

/** Enqueues the signals of rates that are effective from this instant or before, as the dispatcher does. */
export async function enqueueSignalsForRates(sql: Sql, atMs: number): Promise<void> {
  await signalForEffectiveRates(sql, atMs);
}

/** Sends what waits in the outbox to the monitor of a client, as the dispatcher does. False: nothing waited. */
export async function sendSignals(sql: Sql, client: Client, clientId: string): Promise<boolean> {
  let isSent = false;
  for (const signal of await claimDueSignals(sql, 100)) {
    if (signal.clientId === clientId) {
      await signalMonitor(client, signal, signal.kind);
      isSent = true;
    }
    await acknowledgeSignal(sql, signal);
  }
  return isSent;
}
