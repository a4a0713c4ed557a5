import { setTimeout as delay } from 'node:timers/promises';
import type { WorkflowHandle } from '@temporalio/client';
import { monitorWorkflowId } from '../../../src/contract/ids.js';
import { deleteSignals } from '../../../src/storage/system/simulation.js';
import { skipTime } from './clock.js';
import { hasPendingWork, instantsOf, nextWorkMs, type Instant } from './instants.js';
import { fetchEvents, hasOpenTask, isIdle, wereTakenTogether } from './monitor-history.js';
import {
  isCreditEvent,
  isMonitorRequest,
  sendRequests,
  type CreditEvent,
  type MonitorRequestEvent,
} from './monitor-requests.js';
import type { Scenario, ScenarioEvent } from '../../../src/simulate/scenario.js';
import { enqueueSignalsForRates, sendSignals } from './signals.js';
import type { TestClient } from './test-client.js';
import type { TestEnvironment } from './test-environment.js';

/** A step that belongs to the second of its instant came later: the scenario has to run again from its start. */
export class TimingError extends Error {
  override readonly name = 'TimingError';
}

const restLimitMs = 60_000;
const pollMs = 10;
/** The longest wait of a notification for its next attempt. */
const maxRetryMs = 60_000;
/** The monitor's timers fire a little after their instants. */
const timerLimitMs = 700;
/**
 * How long before an instant the monitor is held: the longer, the more time there is to write. Where the monitor has
 * something planned shortly before, less than a second is left.
 */
const holdLeadsMs = [5000, 600];

/** One run of a scenario, on a new client. */
export class ScenarioRunner {
  private readonly monitor: WorkflowHandle;
  private isRunning = false;

  constructor(
    private readonly environment: TestEnvironment,
    private readonly scenario: Scenario,
    private readonly client: TestClient,
    private readonly shiftMs: number,
  ) {
    this.monitor = environment.env.client.workflow.getHandle(monitorWorkflowId(client.id));
  }

  /** @throws TimingError when the machine was too slow for an instant */
  async run(): Promise<void> {
    this.environment.times.reset();
    for (const instant of instantsOf(this.scenario)) await this.runInstant(instant);
    const untilMs = this.scenario.untilMs + this.shiftMs;
    await this.skipTo(untilMs);
    await this.waitForRest(untilMs);
    this.requireTimelyCheck();
  }

  /** Deletes the client, so that its monitor ends and no longer holds up the clock. */
  async end(): Promise<void> {
    const { barrier, outside, sql, env, signal } = this.environment;
    barrier.release();
    outside.mailUp = true;
    outside.channels.clear();
    outside.balancesUp = true;
    if (this.isRunning) {
      await this.client.delete();
      await this.sendSignals();
      await skipTime(env, maxRetryMs, signal);
      await this.waitFor(async () => (await this.monitor.describe()).status.name === 'COMPLETED');
    }
    await deleteSignals(sql);
  }

  /**
   * Lets everything of one instant happen while the monitor is held, so that it finds all of it in one workflow task,
   * together with what it planned for that instant: the result counts, not the steps.
   */
  private async runInstant(instant: Instant): Promise<void> {
    const { barrier, times, sql } = this.environment;
    const atMs = instant.atMs + this.shiftMs;
    await this.holdBefore(atMs);
    const { writes, requests } = this.splitEvents(instant.events);
    for (const event of writes) await this.client.write(event, atMs, this.shiftMs);
    await enqueueSignalsForRates(sql, atMs);
    await this.skipTo(atMs);
    for (const event of writes) this.switchOutside(event);
    await this.waitForTimer(atMs);
    if (await this.sendSignals()) this.isRunning = true;
    const { runId } = await this.monitor.describe();
    const before = requests.length === 0 ? 0 : (await fetchEvents(this.monitor)).length;
    const sent = await sendRequests(this.monitor, this.client, requests, this.shiftMs);
    times.play(atMs);
    barrier.release();
    await this.within(sent.answered);
    await this.waitForRest(atMs);
    this.requireTimelyCheck();
    if (requests.length > 0) await this.requireOneTask(runId, sent.ids, before);
  }

  /**
   * What goes to storage, and what is requested of the monitor. A temporary credit that is not alone at its instant goes
   * to storage, for its place among the others counts.
   */
  private splitEvents(events: readonly ScenarioEvent[]): {
    readonly writes: readonly ScenarioEvent[];
    readonly requests: readonly (MonitorRequestEvent | CreditEvent)[];
  } {
    const isAlone = events.length === 1 && this.isRunning;
    const writes: ScenarioEvent[] = [];
    const requests: (MonitorRequestEvent | CreditEvent)[] = [];
    for (const event of events) {
      if (isMonitorRequest(event) || (isAlone && isCreditEvent(event))) requests.push(event);
      else writes.push(event);
    }
    return { writes, requests };
  }

  private async holdBefore(atMs: number): Promise<void> {
    const { barrier, times } = this.environment;
    for (const leadMs of this.isRunning ? holdLeadsMs : []) {
      await this.skipTo(atMs - leadMs);
      await this.waitForRest(atMs - leadMs);
      const planned = await this.client.plannedWork();
      if (nextWorkMs(planned) >= atMs && !planned.isDelivering) break;
    }
    await barrier.hold();
    if (times.latestMs >= atMs) throw new TimingError('the monitor evaluated before the events of its instant');
  }

  /** A timer that fires while the monitor takes in something else confuses the test server. */
  private async waitForTimer(atMs: number): Promise<void> {
    if (!this.isRunning || nextWorkMs(await this.client.plannedWork()) > atMs) return;
    const { env } = this.environment;
    await this.waitFor(
      async () => (await hasOpenTask(this.monitor)) || (await env.currentTimeMs()) > atMs + timerLimitMs,
    );
  }

  private switchOutside(event: ScenarioEvent): void {
    const { outside } = this.environment;
    if (event.kind === 'mail') outside.mailUp = event.up;
    if (event.kind === 'channel') outside.channels.set(event.name, event.receiver);
    if (event.kind === 'balanceSource') outside.balancesUp = event.up;
  }

  private sendSignals(): Promise<boolean> {
    const { sql, env } = this.environment;
    return sendSignals(sql, env.client, this.client.id);
  }

  /** Requests that the monitor took in one after another would be evaluated one after another. */
  private async requireOneTask(runId: string, ids: readonly string[], before: number): Promise<void> {
    const run = this.environment.env.client.workflow.getHandle(this.monitor.workflowId, runId);
    if (wereTakenTogether(await fetchEvents(run), ids, before)) return;
    throw new TimingError('requests of one instant reached the monitor one after another');
  }

  private async skipTo(atMs: number): Promise<void> {
    const { env, signal } = this.environment;
    const leftMs = atMs - (await env.currentTimeMs());
    if (leftMs > 0) await skipTime(env, leftMs, signal);
  }

  /**
   * Waits until the monitor has done all that it had to do up to this instant. Its plans are read before its history, for
   * what was planned a moment ago may be under way now.
   */
  private async waitForRest(atMs: number): Promise<void> {
    await this.waitFor(
      async () => !hasPendingWork(await this.client.plannedWork(), atMs) && (await isIdle(this.monitor)),
    );
  }

  private async waitFor(isSo: () => Promise<boolean>): Promise<void> {
    const endMs = performance.now() + restLimitMs;
    while (!(await isSo())) {
      this.environment.signal?.throwIfAborted();
      if (performance.now() > endMs) throw this.restError();
      await delay(pollMs);
    }
  }

  private async within(work: Promise<unknown>): Promise<void> {
    const over = new AbortController();
    const limit = delay(restLimitMs, undefined, { signal: over.signal }).then(() => Promise.reject(this.restError()));
    try {
      await Promise.race([work, limit]);
    } finally {
      over.abort();
      await limit.catch(() => undefined);
    }
  }

  private restError(): Error {
    return new Error(`"${this.scenario.name}": the monitor did not come to rest`);
  }

  private requireTimelyCheck(): void {
    const { late, hasTimedOut } = this.environment.times;
    if (late) throw new TimingError(`the monitor evaluated ${late.readMs - late.dueMs} ms late`);
    if (hasTimedOut) throw new TimingError('a read of the monitor timed out');
  }
}
