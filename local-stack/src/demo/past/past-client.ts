import { monitorConfig } from '../../../../src/activities/monitoring/monitor-config.js';
import { temporaryCreditAt } from '../../../../src/domain/credit/grants.js';
import type { ClientState } from '../../../../src/domain/monitoring/client-state.js';
import { formatMoney, moneyOf, type Micros } from '../../../../src/domain/money.js';
import type { MonitorCommand, RuleNotificationKey } from '../../../../src/domain/monitoring/commands.js';
import { nextCreditStep, nextWake } from '../../../../src/domain/monitoring/next-wake.js';
import type { DeliveryOutcome } from '../../../../src/domain/monitoring/rule-state.js';
import { availableText } from '../../../../src/domain/monitoring/observation.js';
import { nextCheckAt } from '../../../../src/domain/monitoring/schedule.js';
import {
  initialState,
  type MonitorConfig,
  type MonitorRequest,
  type MonitorState,
  type ObservedClient,
} from '../../../../src/domain/monitoring/state.js';
import { isCheckDue, pendingNotifications, step } from '../../../../src/domain/monitoring/step.js';
import { advanceTemporaryCredit } from '../../../../src/services/credit/advance-temporary-credit.js';
import { raiseMissingRate } from '../../../../src/storage/events/missing-rate.js';
import { publishMonitor } from '../../../../src/storage/monitoring/monitor-publish.js';
import { readMonitoringTerms } from '../../../../src/storage/monitoring/monitoring-terms.js';
import type { DemoClient } from '../clients.js';
import type { PastEntry } from './entries.js';
import { sendPast, sendPastCredit } from './mail.js';
import type { World } from './world.js';

/** More evaluations than any instant needs: a monitor that asks for more would never sleep. */
const maxRounds = 20;

/** A request as a user makes it, of each kind. */
type AskedOf<Request> = Request extends unknown ? Omit<Request, 'id'> : never;
type Ending = RuleNotificationKey & { readonly at: number; readonly outcome: DeliveryOutcome };

/**
 * One client through the weeks of the past, with its monitor: the same `step` as in its workflow, whose commands are
 * carried out here. What it decides is written by the worker's own code, so that the monitor that starts afterwards
 * continues from a state that it might have left.
 */
export class PastClient {
  private state: MonitorState;
  private config: MonitorConfig | null = null;
  /** null: none of the client's currency is needed */
  private profileCurrency: string | null = null;
  private live: Micros = 0n;
  private refills = 0;
  private chargedAt: number;
  private creditLimit: Micros;
  private endings: Ending[] = [];
  private requests = 0;
  private isStopped = false;
  private publishedState: ClientState = 'unknown';
  isDeleted = false;

  constructor(
    private readonly world: World,
    readonly plan: DemoClient,
    readonly id: string,
    createdAt: number,
    creditLimit: string,
  ) {
    this.state = initialState(id, createdAt);
    this.chargedAt = createdAt;
    this.creditLimit = moneyOf(creditLimit);
  }

  /** When it acts next on its own. */
  get nextAt(): number {
    if (this.isDeleted) return Number.POSITIVE_INFINITY;
    return Math.min(nextWake(this.state).at, ...this.endings.map(({ at }) => at));
  }

  /** What is due by the clock. */
  async wake(now: number): Promise<void> {
    await this.endDeliveries(now);
    await this.advanceCredit(now);
    await this.evaluateWhileDue(now, false);
  }

  /** Takes an entry; the monitor is signaled where the ledger would signal it. */
  async record({ entry, id, amount, from, note, at }: PastEntry): Promise<void> {
    const { currency } = this.plan;
    this.world.record({
      ...{ clientId: this.id, kind: entry, externalId: id, amount, currency, occurredAt: at },
      source: this.world.sourceOf(from),
      ...(note !== undefined && { note }),
    });
    if (entry !== 'invoice') this.live += amount;
    if (entry === 'charge') this.chargedAt = at;
    if (entry === 'payment') this.refills += 1;
    const { below, above } = this.state.wakeBounds;
    const isPassed = (below !== null && this.live <= moneyOf(below)) || (above !== null && this.live >= moneyOf(above));
    if (entry !== 'invoice' && (entry === 'payment' || isPassed)) await this.evaluateWhileDue(at, true);
  }

  /** The client was changed: fields, credit, profile, or a rate of its currency. */
  async reload(
    now: number,
    changed: { readonly creditLimit?: string; readonly isStopped?: boolean } = {},
  ): Promise<void> {
    if (changed.creditLimit !== undefined) this.creditLimit = moneyOf(changed.creditLimit);
    if (changed.isStopped !== undefined) this.isStopped = changed.isStopped;
    this.config = null;
    await this.evaluateWhileDue(now, true);
  }

  /** A user asks the monitor for something. */
  async ask(now: number, request: AskedOf<MonitorRequest>): Promise<void> {
    const asked = { ...request, id: `demo-${this.id}-${++this.requests}` } as MonitorRequest;
    await this.take(step(this.state, { type: 'requested', request: asked }, now), now);
    await this.evaluateWhileDue(now, true);
  }

  /** Writes the state as it is at the end, with the balances at which the ledger signals the monitor. */
  async finish(now: number): Promise<void> {
    await this.endDeliveries(Number.POSITIVE_INFINITY);
    if (!this.isDeleted) await this.publish(now, true);
  }

  private async evaluateWhileDue(now: number, isSignaled: boolean): Promise<void> {
    let mustEvaluate = isSignaled;
    for (let round = 0; round < maxRounds; round++) {
      if (!mustEvaluate && nextWake(this.state).at > now) return;
      await this.evaluate(now);
      mustEvaluate = false;
    }
    throw new Error(`the monitor of ${this.plan.name} does not become idle at ${new Date(now).toISOString()}`);
  }

  private async evaluate(now: number): Promise<void> {
    const isFirst = this.state.config === null;
    const config = this.config ? {} : { config: await this.readConfig(now) };
    // A notification never waits into the next scheduled check.
    if (isCheckDue(this.state, config.config, now)) {
      for (const key of pendingNotifications(this.state.rules)) await this.endNow(key, now);
    }
    const observed = this.observe(now);
    if (isFirst)
      await this.take(step(this.state, { type: 'observed', observed, purpose: 'load', ...config }, now), now);
    const purpose = nextCheckAt(this.state.schedule) <= now ? 'scheduled' : 'change';
    await this.take(step(this.state, { type: 'observed', observed, purpose, ...(isFirst ? {} : config) }, now), now);
  }

  private async readConfig(now: number): Promise<MonitorConfig> {
    await this.world.flush(now);
    const terms = (await readMonitoringTerms(this.world.tx, [this.id])).get(this.id);
    if (!terms) throw new Error(`${this.plan.name} is not there`);
    const { currency } = terms.profile ?? { currency: this.plan.currency };
    this.profileCurrency = currency === this.plan.currency ? null : currency;
    this.config = monitorConfig(terms, '', this.world.settings.monitor);
    return this.config;
  }

  private observe(now: number): ObservedClient {
    const grant = this.config?.grant;
    const temporary = grant
      ? temporaryCreditAt({ amount: moneyOf(grant.amount), fromMs: grant.from, untilMs: grant.until }, now)
      : 0n;
    return {
      live: formatMoney(this.live),
      credit: formatMoney(this.creditLimit),
      temporary: formatMoney(temporary),
      ...(this.profileCurrency !== null && {
        rate: this.world.rateAt(this.plan.currency, this.profileCurrency, now),
      }),
      refills: this.refills,
      chargedAt: this.chargedAt,
      ...(this.isStopped && { status: 'stop' as const }),
    };
  }

  private async take({ state, commands }: ReturnType<typeof step>, now: number): Promise<void> {
    this.state = state;
    for (const command of commands) await this.execute(command, now);
  }

  private async execute(command: MonitorCommand, now: number): Promise<void> {
    const { world, plan, id } = this;
    switch (command.type) {
      case 'notify': {
        const { rule, episode, number } = command;
        await world.flush(now);
        const ended = await sendPast(world, plan, id, command);
        this.endings.push({ rule, episode, number, ...ended });
        return;
      }
      case 'cancelDelivery':
        return this.endNow(command, now);
      case 'notifyCredit':
        await world.flush(now);
        await sendPastCredit(world, plan, id, command);
        return;
      case 'raiseEvent':
        await raiseMissingRate(world.claim.sql, id, now);
        return;
      case 'publish':
        // Other records wait in the state, as those do that cannot be written now.
        if (this.state.clientState !== this.publishedState || hasAction(this.state)) await this.publish(now, false);
        return;
      case 'answer':
        return;
    }
  }

  private async publish(now: number, isLast: boolean): Promise<void> {
    const { state } = this;
    const input = {
      ...{ clientId: this.id, at: now, state: state.clientState, nextCheckAt: nextCheckAt(state.schedule) },
      ...{ nextWakeAt: state.nextWakeAt, lastCheckAt: state.lastCheckAt, rules: state.rules, verdicts: state.verdicts },
      ...{ available: availableText(state), pausedBy: state.pausedBy, silences: state.silences },
      // No ledger signals a monitor of the past.
      ...{ wake: isLast ? state.wakeBounds : null, records: state.records },
      ...(state.capacity && { capacity: state.capacity }),
    };
    const write = (): Promise<void> => publishMonitor(this.world.claim.sql, input);
    if (hasAction(state)) await this.world.at(now, write);
    else await write();
    this.publishedState = state.clientState;
    await this.take(step(this.state, { type: 'published' }, now), now);
  }

  private async advanceCredit(now: number): Promise<void> {
    const { world, state } = this;
    const due = nextCreditStep(state.grant, now);
    if (!state.grant || !due || due.at > now) return;
    const { id } = state.grant;
    await world.at(now, () => advanceTemporaryCredit(world.requester(now), this.id, id, due.step));
    this.config = null;
    await this.take(step(this.state, { type: 'creditStepDone' }, now), now);
  }

  private async endDeliveries(now: number): Promise<void> {
    const ended = this.endings.filter(({ at }) => at <= now);
    this.endings = this.endings.filter(({ at }) => at > now);
    for (const { rule, episode, number, outcome, at } of ended) {
      await this.take(step(this.state, { type: 'deliveryEnded', rule, episode, number, outcome }, at), at);
    }
  }

  /** Its time is over, or it is not to be sent any more: the outcome that it has already holds. */
  private async endNow(key: RuleNotificationKey, now: number): Promise<void> {
    const isSame = (one: Ending): boolean =>
      one.rule === key.rule && one.episode === key.episode && one.number === key.number;
    const ending = this.endings.find(isSame);
    if (!ending) return;
    this.endings = this.endings.filter((one) => !isSame(one));
    const { rule, episode, number, outcome } = ending;
    await this.take(step(this.state, { type: 'deliveryEnded', rule, episode, number, outcome }, now), now);
  }
}

/** Someone asked for it: an audit row is written, at its time. */
function hasAction({ records }: MonitorState): boolean {
  return records.some(({ action }) => action !== undefined);
}
