import type { Client } from '@temporalio/client';
import { Sleeper } from '../storage/system/sleeper.js';
import { inParallel } from '../domain/in-parallel.js';
import type { Logger } from '../observability/logger.js';
import type { Sql } from '../storage/system/database.js';
import { signalForEffectiveRates } from '../storage/rates/exchange-rates.js';
import { expandFleetSignals, outboxChannel, type SignalKind } from '../storage/monitoring/outbox.js';
import {
  acknowledgeSignal,
  claimDueSignals,
  claimFleetSignals,
  countUnanswered,
  fleetPace,
  rescheduleSignals,
  type DueSignal,
} from '../storage/monitoring/signal-claims.js';
import { FleetBatch } from './fleet-batch.js';
import { SignalPacer } from './signal-pacer.js';
import { signalMonitor, type MonitoredClient } from './start-monitor.js';

/**
 * Sends the signals of the outbox to monitors: signal-with-start until Temporal has accepted it, then the row goes. Any
 * number of dispatchers may run. Two lanes work side by side: signals of a client's own changes, and those of the fleet.
 * The latter leave at `fleetPace` at most, and only when the monitors that were signaled before, for whatever reason, have
 * evaluated: what waits in Temporal holds up the clients' signals behind it, what waits in the outbox does not.
 */
export interface Dispatcher {
  /** rows sent so far */
  readonly sent: number;
  stop(): Promise<void>;
}

/** Resolves once Temporal has accepted the signal. */
export type SendSignal = (client: MonitoredClient, kind: SignalKind) => Promise<void>;

const clientBatch = 64;
const clientSenders = 16;
const fleetSenders = 4;
/** Monitors that do not evaluate, because no worker runs, hold up the fleet no longer than this. */
const fleetPatienceMs = 1000;
const evaluationPollMs = 20;
const pollMs = 1000;
const firstRetryMs = 1000;
const maxRetryMs = 30_000;

export function startDispatcher(sql: Sql, client: Client, logger: Logger): Promise<Dispatcher> {
  return startDispatching(sql, (monitored, kind) => signalMonitor(client, monitored, kind), logger);
}

export async function startDispatching(
  sql: Sql,
  send: SendSignal,
  logger: Logger,
  { patienceMs = fleetPatienceMs }: { readonly patienceMs?: number } = {},
): Promise<Dispatcher> {
  const pacer = new SignalPacer();
  const clientLane = new Sleeper();
  const fleetLane = new Sleeper();
  const listening = await sql.listen(outboxChannel, (origin) => (origin === 'fleet' ? fleetLane : clientLane).wake());
  let stopped = false;
  let sent = 0;
  /** signals of clients since the fleet's last ones, which wait until these are answered */
  let clientSignals: readonly DueSignal[] = [];

  async function dispatch(signal: DueSignal): Promise<void> {
    const { clientId, kind, ids, attempts } = signal;
    const waitMs = pacer.reserve(signal, Date.now());
    if (waitMs > 0) return rescheduleSignals(sql, ids, 'signaled less than a second ago', waitMs);
    try {
      await send(signal, kind);
    } catch (error) {
      pacer.release(signal);
      const delayMs = Math.min(firstRetryMs * 2 ** Math.min(attempts - 1, 10), maxRetryMs);
      logger.warn({ err: error, clientId, kind, attempts }, 'monitor not signaled, retrying later');
      return rescheduleSignals(sql, ids, error instanceof Error ? error.name : 'error', delayMs);
    }
    await acknowledgeSignal(sql, signal);
    sent += ids.length;
  }

  async function sendClientSignals(): Promise<number> {
    const due = await claimDueSignals(sql, clientBatch, { origin: 'client' });
    clientSignals = [...clientSignals.slice(-clientBatch), ...due];
    await inParallel(due, clientSenders, dispatch);
    return due.length > 0 ? 0 : pollMs;
  }

  const batch = new FleetBatch();
  let ratesAt = 0;
  async function sendFleetSignals(): Promise<number> {
    if (Date.now() >= ratesAt) {
      ratesAt = Date.now() + pollMs;
      await signalForEffectiveRates(sql);
    }
    await expandFleetSignals(sql);
    const before = clientSignals;
    clientSignals = [];
    await untilEvaluated(before);
    const due = await claimFleetSignals(sql, { ...fleetPace, batch: batch.size });
    if (due.length === 0) return pollMs;
    const claimedAt = performance.now();
    await inParallel(due, fleetSenders, dispatch);
    await untilEvaluated(due);
    const tookMs = performance.now() - claimedAt;
    batch.adapt(tookMs);
    return (due.length * 1000) / fleetPace.perSecond - tookMs;
  }

  async function untilEvaluated(signals: readonly DueSignal[]): Promise<void> {
    const givenUpAt = performance.now() + patienceMs;
    while (!stopped && performance.now() < givenUpAt && (await countUnanswered(sql, signals)) > 0) {
      await fleetLane.sleep(evaluationPollMs);
    }
  }

  async function runLane(lane: Sleeper, work: () => Promise<number>): Promise<void> {
    while (!stopped) {
      try {
        const idleMs = await work();
        pacer.forget(Date.now());
        if (idleMs > 0) await lane.sleep(idleMs);
      } catch (error) {
        logger.error({ err: error }, 'outbox not read, retrying');
        await lane.sleep(pollMs);
      }
    }
  }

  const running = Promise.all([runLane(clientLane, sendClientSignals), runLane(fleetLane, sendFleetSignals)]);
  return {
    get sent() {
      return sent;
    },
    async stop() {
      stopped = true;
      clientLane.wake();
      fleetLane.wake();
      await running;
      await listening.unlisten();
    },
  };
}
