import { setTimeout as delay } from 'node:timers/promises';
import { WorkflowUpdateFailedError, type WorkflowHandle } from '@temporalio/client';
import { ApplicationFailure } from '@temporalio/common';
import { monitorWorkflowId } from '../contract/ids.js';
import { cancelGrant, checkNow, grantCredit } from '../contract/messages.js';
import type { Micros } from '../domain/money.js';
import { acknowledgeSignal, claimDueSignals } from '../storage/signal-claims.js';
import { signalMonitor } from '../temporal/start-monitor.js';
import { sleepOn } from './clock.js';
import { hasOpenTask, isIdle } from './idle.js';
import { instantsOf, isDueAt, isOwed } from './instants.js';
import { termsOf } from './rules.js';
import type { Scenario, ScenarioEvent, ScenarioProfile } from './scenario.js';
import type { Stage } from './stage.js';
import { isExpectedRefusal, narrator, type StagedClient } from './staged-client.js';

/** A step that had to be taken within the second of its instant was taken later: the scenario has to be played again. */
export class Overrun extends Error {
  override readonly name = 'Overrun';
}

const settleMs = 60_000;
/** The longest wait of a mail for its next try. */
const slowestRetryMs = 60_000;

/** One playing of a scenario by one client. */
export class Play {
  private readonly monitor: WorkflowHandle;
  private profile: ScenarioProfile | null;
  private creditLimit: Micros;
  private isRunning = false;

  constructor(
    private readonly stage: Stage,
    private readonly scenario: Scenario,
    private readonly client: StagedClient,
    private readonly shiftMs: number,
  ) {
    this.monitor = stage.env.client.workflow.getHandle(monitorWorkflowId(client.id));
    this.profile = scenario.profile;
    this.creditLimit = scenario.client.creditLimit;
  }

  async run(): Promise<void> {
    const { startMs, untilMs } = this.scenario;
    const [first = [], ...later] = instantsOf(this.scenario);
    const times = [...later.map((events) => (events[0]?.atMs ?? 0) + this.shiftMs), Number.POSITIVE_INFINITY];
    await this.begin(startMs + this.shiftMs, first, times[0] ?? Number.POSITIVE_INFINITY);
    for (const [index, events] of later.entries()) {
      await this.playInstant(times[index] ?? 0, events, times[index + 1] ?? Number.POSITIVE_INFINITY);
    }
    await this.passUntil(untilMs + this.shiftMs);
    await this.settle(untilMs + this.shiftMs);
  }

  /** Takes the client off the stage: it is deleted, and its monitor ends by itself, so that nothing holds up the clock. */
  async end(): Promise<void> {
    const { gate, outside, sql, env, signal } = this.stage;
    gate.hold(Number.POSITIVE_INFINITY);
    gate.release();
    outside.mailUp = true;
    outside.balancesUp = true;
    if (this.isRunning) {
      await this.client.leave();
      await this.tell();
      await sleepOn(env, slowestRetryMs, signal);
      await this.waitFor(async () => (await this.monitor.describe()).status.name === 'COMPLETED');
    }
    await sql`delete from outbox`;
  }

  /** What happens at the start happens before the monitor begins; then its first check is due. */
  private async begin(startMs: number, events: readonly ScenarioEvent[], nextMs: number): Promise<void> {
    for (const event of events) await this.write(event, startMs);
    this.stage.gate.hold(nextMs);
    await this.passUntil(startMs);
    await this.tell();
    this.isRunning = true;
    await this.settle(startMs);
    this.mustHaveLookedAt(startMs);
  }

  /**
   * Lets the events of one instant happen, one after another, each told to the monitor and looked into by it. Where
   * the monitor has something to do at this instant by itself it is held until all of them have happened. It is told
   * only once it is held, for the test server refuses what a signal makes of a timer that fires meanwhile.
   */
  private async playInstant(atMs: number, events: readonly ScenarioEvent[], nextMs: number): Promise<void> {
    const { gate } = this.stage;
    const due = await this.client.due();
    const isDue = isDueAt(due, this.intervalMs(), atMs);
    if (isDue) gate.hold(atMs);
    if (isDue && due.revertMs !== atMs) events = await this.showBefore(atMs, events);
    await this.passUntil(atMs);
    if (isDue) await this.waitFor(() => Promise.resolve(gate.isHolding));
    else gate.hold(atMs);
    for (const [index, event] of events.entries()) {
      const isFree = !isDue && !gate.isHolding;
      const isLast = index === events.length - 1;
      const isAlone = this.mustBeSeenAlone(event);
      await (isFree && (isLast || isAlone) ? this.askOrWrite(event, atMs) : this.write(event, atMs));
      if (isFree && !isLast && isAlone) await this.showToMonitor();
    }
    await this.tell();
    const latestLookMs = gate.latestReadMs;
    gate.hold(nextMs);
    gate.release();
    if (events.some((event) => event.kind === 'checkNow')) await this.askForCheck(atMs);
    await this.settle(atMs);
    this.mustHaveLookedAt(atMs, latestLookMs);
  }

  /**
   * A crossing downwards is checked at once, but not before everything else of its instant has arrived: with trigger
   * change a fall is told together with what follows it. So is an edit, which may make a check due.
   */
  private mustBeSeenAlone(event: ScenarioEvent): boolean {
    if (event.kind === 'profile') return false;
    if (this.profile?.trigger !== 'change') return true;
    return this.isRise(event);
  }

  /** A change of balance or credit that may end an episode. */
  private isRise(event: ScenarioEvent): boolean {
    if (event.kind === 'adjustment') return event.amount > 0n;
    if (event.kind === 'creditLimit') return event.amount > this.creditLimit;
    return event.kind === 'payment' || event.kind === 'temporaryCredit';
  }

  /**
   * A monitor whose check is due at an instant cannot look into what arrives at that instant one thing after another.
   * Where a rise comes before something else there it is told in the second before, in which nothing is sent.
   * Returns what is left for the instant itself.
   */
  private async showBefore(atMs: number, events: readonly ScenarioEvent[]): Promise<readonly ScenarioEvent[]> {
    const before = events.slice(0, -1);
    const sendsNothing = this.profile?.trigger !== 'change' && events.every(({ kind }) => kind !== 'profile');
    if (!sendsNothing || !before.some((event) => this.isRise(event))) return events;
    await this.passUntil(atMs - 1000);
    for (const event of before) {
      await this.askOrWrite(event, atMs);
      await this.showToMonitor();
    }
    if (this.stage.gate.isHolding) throw new Overrun('the second before a check was too short');
    return events.slice(-1);
  }

  /** Tells the monitor and waits until it has looked: what happens next is another look. */
  private async showToMonitor(): Promise<void> {
    const { gate } = this.stage;
    const looks = gate.reads;
    if (!(await this.tell())) return;
    await this.waitFor(async () => gate.isHolding || (gate.reads > looks && !(await hasOpenTask(this.monitor))));
  }

  /** Temporary credit is asked of the monitor itself, as the API does; everything else is written. */
  private async askOrWrite(event: ScenarioEvent, atMs: number): Promise<void> {
    if (event.kind === 'temporaryCredit') {
      const input = this.client.requestOf(event, this.shiftMs);
      await unlessRefused(this.monitor.executeUpdate(grantCredit, { args: [input] }));
    } else if (event.kind === 'cancelTemporaryCredit') {
      const grantId = await this.client.openGrantId();
      if (grantId === null) return;
      const input = { requestId: `${this.client.id}/cancel-${atMs}`, grantId, reason: 'scenario', actor: narrator };
      await unlessRefused(this.monitor.executeUpdate(cancelGrant, { args: [input] }));
    } else await this.write(event, atMs);
  }

  private async write(event: ScenarioEvent, atMs: number): Promise<void> {
    if (event.kind === 'mail') this.stage.outside.mailUp = event.up;
    else if (event.kind === 'balanceSource') this.stage.outside.balancesUp = event.up;
    else await this.client.apply(event, atMs, this.shiftMs);
    if (event.kind === 'profile') this.profile = event.profile;
    if (event.kind === 'creditLimit') this.creditLimit = event.amount;
  }

  /** What stands in the outbox goes to the monitor, as the dispatcher sends it. False: there was nothing for it. */
  private async tell(): Promise<boolean> {
    const { sql, env } = this.stage;
    let told = false;
    for (const signal of await claimDueSignals(sql, 100)) {
      if (signal.clientId === this.client.id) {
        await signalMonitor(env.client, signal, signal.kind);
        told = true;
      }
      await acknowledgeSignal(sql, signal);
    }
    return told;
  }

  private async askForCheck(atMs: number): Promise<void> {
    const { at } = await this.monitor.executeUpdate(checkNow, { args: [{ actor: narrator }] });
    if (at !== atMs) throw new Overrun(`a check on demand came ${at - atMs} ms late`);
  }

  private async passUntil(atMs: number): Promise<void> {
    const leftMs = atMs - (await this.stage.env.currentTimeMs());
    if (leftMs <= -1000) throw new Overrun('an instant had passed before it was played');
    if (leftMs > 0) await sleepOn(this.stage.env, leftMs, this.stage.signal);
  }

  /** Waits until the monitor has taken in everything up to this instant, or stands at the gate. */
  private async settle(atMs: number): Promise<void> {
    await this.waitFor(
      // In this order: what was owed a moment ago may still be under way.
      async () => this.stage.gate.isHolding || (!isOwed(await this.client.due(), atMs) && (await isIdle(this.monitor))),
    );
  }

  private async waitFor(isSo: () => Promise<boolean>): Promise<void> {
    const endMs = performance.now() + settleMs;
    while (!(await isSo())) {
      this.stage.signal?.throwIfAborted();
      if (performance.now() > endMs) throw new Error(`"${this.scenario.name}": the monitor did not come to rest`);
      await delay(5);
    }
  }

  private intervalMs(): number {
    const { client, rates } = this.scenario;
    return termsOf(this.profile, client, client.balanceModel, rates).intervalMs;
  }

  private mustHaveLookedAt(atMs: number, beforeMs = 0): void {
    const lateMs = Math.max(beforeMs, this.stage.gate.latestReadMs) - atMs;
    if (lateMs > 0) throw new Overrun(`the monitor looked ${lateMs} ms late`);
  }
}

async function unlessRefused(work: Promise<unknown>): Promise<void> {
  try {
    await work;
  } catch (error) {
    const cause = error instanceof WorkflowUpdateFailedError ? error.cause : null;
    if (!(cause instanceof ApplicationFailure) || !isExpectedRefusal(cause.type)) throw error;
  }
}
