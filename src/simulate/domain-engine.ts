import type { DecidedNotification, MonitorCommand, RuleNotificationKey } from '../domain/monitoring/commands.js';
import { formatCents, moneyOf } from '../domain/money.js';
import type { RuleEffect } from '../domain/monitoring/actions/effects.js';
import { nextWake } from '../domain/monitoring/next-wake.js';
import { adminOwnRule, autopayRule, capacityRule } from '../domain/monitoring/rule-identity.js';
import { nextCheckAt } from '../domain/monitoring/schedule.js';
import {
  initialState,
  type MonitorConfig,
  type MonitorRequest,
  type MonitorState,
} from '../domain/monitoring/state.js';
import { isCheckDue, pendingNotifications, step } from '../domain/monitoring/step.js';
import { runCompanyOnDomain } from './company-engine.js';
import type { AnyScenario } from './read-scenario.js';
import { SimulatedDeliveries, type EndedDelivery } from './simulated-deliveries.js';
import { SimulatedLedger } from './simulated-ledger.js';
import { SimulatedSilences } from './simulated-silences.js';
import { termsOf, type Terms } from './rules.js';
import {
  formatInstant,
  scenarioActor,
  type Scenario,
  type ScenarioEvent,
  type ScenarioNotification,
} from './scenario.js';

/** More rounds than any instant needs: a monitor that asks for more would never sleep. */
const maxRounds = 20;

/** Runs a scenario with the monitor's own `step` over a virtual clock and an in-memory ledger. */
export function runOnDomain(scenario: AnyScenario): ScenarioNotification[] {
  return 'company' in scenario ? runCompanyOnDomain(scenario) : new DomainSimulation(scenario).run();
}

interface Notification extends DecidedNotification {
  readonly to: readonly string[];
  /** among the rules of its evaluation */
  readonly place: number;
}

interface Sent {
  readonly decidedAt: number;
  readonly place: number;
  readonly notification: ScenarioNotification;
}

/** Executes the commands of one monitor as the workflow does, without what makes it durable. */
class DomainSimulation {
  private readonly ledger: SimulatedLedger;
  private readonly deliveries = new SimulatedDeliveries<Notification>();
  private profile: Scenario['profile'];
  private terms: Terms;
  private config: MonitorConfig;
  /** the monitor has not read this configuration yet */
  private isConfigNew = true;
  private state: MonitorState;
  private requests = 0;
  private readonly silences: SimulatedSilences;
  /** that were decided */
  private capacities = 0;
  private readonly sent: Sent[] = [];

  constructor(private readonly scenario: Scenario) {
    this.ledger = new SimulatedLedger(scenario);
    this.silences = new SimulatedSilences(scenario.client.tags);
    this.profile = scenario.profile;
    this.terms = this.currentTerms();
    this.config = this.currentConfig();
    this.state = initialState('simulated', scenario.startMs);
  }

  run(): ScenarioNotification[] {
    const { events, startMs, untilMs, rates } = this.scenario;
    const rateStarts = [...new Set(rates.map(({ atMs }) => atMs))]
      .filter((atMs) => atMs > startMs)
      .sort((a, b) => a - b);
    let nextEvent = 0;
    let nextRate = 0;
    let isLoaded = false;
    for (;;) {
      const now = Math.min(
        events[nextEvent]?.atMs ?? Number.POSITIVE_INFINITY,
        rateStarts[nextRate] ?? Number.POSITIVE_INFINITY,
        Math.max(nextWake(this.state).at, startMs),
        this.deliveries.nextAt,
      );
      if (now > untilMs) break;
      let isSignaled = false;
      for (; rateStarts[nextRate] === now; nextRate++) isSignaled = true;
      this.endCredit(now);
      for (; events[nextEvent]?.atMs === now; nextEvent++) {
        isSignaled = this.apply(events[nextEvent] as ScenarioEvent, now) || isSignaled;
      }
      if (!isLoaded) this.observe('load', now);
      isLoaded = true;
      this.runInstant(now, isSignaled);
    }
    this.sent.sort((a, b) => a.decidedAt - b.decidedAt || a.place - b.place);
    return this.sent.map(({ notification }) => notification);
  }

  /** Evaluates as often as the monitor asks for at this instant, and makes the attempts that are due. */
  private runInstant(now: number, isSignaled: boolean): void {
    let mustEvaluate = isSignaled;
    // A window that closes at this instant has closed before anything is decided at it.
    for (const ended of this.deliveries.closeWindows(now)) this.endDelivery(ended, now);
    for (let round = 0; round < maxRounds; round++) {
      if (this.endCredit(now)) mustEvaluate = true;
      if (mustEvaluate || nextWake(this.state).at <= now) this.evaluate(now);
      else if (this.deliveries.nextAt > now) return;
      this.deliver(now);
      mustEvaluate = false;
    }
    throw new Error(`"${this.scenario.name}": the monitor does not become idle at ${formatInstant(now)}`);
  }

  private evaluate(now: number): void {
    // A notification never waits into the next scheduled check of the current interval.
    if (isCheckDue(this.state, this.isConfigNew ? this.config : undefined, now)) {
      for (const key of pendingNotifications(this.state.rules)) this.cancelDelivery(key, now);
    }
    this.observe(nextCheckAt(this.state.schedule) <= now ? 'scheduled' : 'change', now);
  }

  private observe(purpose: 'load' | 'scheduled' | 'change', now: number): void {
    const config = this.isConfigNew ? { config: this.config } : {};
    this.isConfigNew = false;
    const observed = this.ledger.observe(now, this.terms);
    this.take(step(this.state, { type: 'observed', observed, purpose, ...config }, now), now);
  }

  private take({ state, commands }: ReturnType<typeof step>, now: number): void {
    this.state = state;
    for (const command of commands) this.execute(command, now);
  }

  private execute(command: MonitorCommand, now: number): void {
    switch (command.type) {
      case 'notify':
        this.deliveries.start(this.addressed(command), now);
        return;
      case 'cancelDelivery':
        return this.cancelDelivery(command, now);
      case 'publish':
        for (const { at, effects = [] } of this.state.records)
          for (const effect of effects) this.recordEffect(at, effect);
        this.take(step(this.state, { type: 'published' }, now), now);
        return;
      case 'notifyCredit':
      case 'raiseEvent':
      case 'answer':
        return;
    }
  }

  private deliver(now: number): void {
    for (const ended of this.deliveries.attempt(now, this.ledger.isMailUp)) this.endDelivery(ended, now);
  }

  private recordEffect(at: number, effect: RuleEffect): void {
    switch (effect.kind) {
      case 'clientRecovered':
        return;
      case 'clientLow':
        return this.add(at, adminOwnRule.key, { available: effect.available, number: 1 });
      case 'charge':
        return this.add(at, autopayRule.key, { available: effect.available, number: effect.number });
      case 'capacity': {
        const { available, capacity } = effect.decision;
        return this.add(at, capacityRule.key, { available: available ?? '0', number: ++this.capacities, capacity });
      }
    }
  }

  /** What went to no one. */
  private add(at: number, rule: string, facts: Pick<ScenarioNotification, 'available' | 'number' | 'capacity'>): void {
    const place = this.terms.rules.findIndex(({ key }) => key === rule);
    const available = formatCents(moneyOf(facts.available));
    this.sent.push({
      decidedAt: at,
      place,
      notification: { at: formatInstant(at), rule, to: [], ...facts, available },
    });
  }

  private cancelDelivery(key: RuleNotificationKey, now: number): void {
    const ended = this.deliveries.cancel(key);
    if (ended) this.endDelivery(ended, now);
  }

  private endDelivery({ notification, outcome, failed }: EndedDelivery<Notification>, now: number): void {
    if (outcome === 'accepted') this.record(notification, failed);
    const { rule, episode, number } = notification;
    this.take(step(this.state, { type: 'deliveryEnded', outcome, rule, episode, number }, now), now);
  }

  /** Recipients and place are those of the evaluation, whatever is edited while the mail server is down. */
  private addressed(command: DecidedNotification): Notification {
    const { rule, except = [] } = command;
    const addresses = this.terms.recipients.get(rule) ?? [];
    return {
      ...command,
      to: addresses.filter((address) => !except.includes(address.toLowerCase())),
      place: this.terms.rules.findIndex(({ key }) => key === rule),
    };
  }

  private record({ decidedAt, rule, to, available, number, place }: Notification, failed: readonly string[]): void {
    const facts = { available: formatCents(moneyOf(available)), number, ...(failed.length > 0 && { failed }) };
    this.sent.push({
      decidedAt,
      place,
      notification: { at: formatInstant(decidedAt), rule, to, ...facts },
    });
  }

  /** Reverts the temporary credit whose time is over; true when there was one. */
  private endCredit(now: number): boolean {
    const grant = this.ledger.grantTimes;
    if (!grant || grant.until > now) return false;
    this.ledger.endGrant();
    this.reconfigure();
    return true;
  }

  /** Lets one event happen; true when the monitor is signaled. */
  private apply(event: ScenarioEvent, now: number): boolean {
    this.ledger.apply(event, now);
    if (event.kind === 'channel') this.deliveries.receivers.set(event.name, event.receiver);
    const request = this.requestOf(event);
    if (request) this.take(step(this.state, { type: 'requested', request }, now), now);
    if (event.kind === 'profile') this.profile = event.profile;
    const isSilenced = this.silences.apply(event, now);
    const isEdit = event.kind === 'profile' || event.kind === 'balanceModel' || isSilenced;
    if (isEdit || event.kind === 'temporaryCredit' || event.kind === 'cancelTemporaryCredit') this.reconfigure();
    return event.kind !== 'mail' && event.kind !== 'channel';
  }

  private requestOf(event: ScenarioEvent): MonitorRequest | null {
    const base = { id: String(++this.requests), actor: scenarioActor, reason: 'scenario' };
    switch (event.kind) {
      case 'checkNow':
        return { ...base, kind: 'checkNow' };
      case 'resetCounter':
        return { ...base, kind: 'resetRule', rule: event.rule };
      case 'silence':
        return { ...base, kind: 'silence', until: event.untilMs, ...(event.rule !== null && { rule: event.rule }) };
      case 'pause':
      case 'resume':
        return { ...base, kind: event.kind };
      default:
        return null;
    }
  }

  private reconfigure(): void {
    this.terms = this.currentTerms();
    this.config = this.currentConfig();
    this.isConfigNew = true;
  }

  private currentTerms(): Terms {
    return termsOf(this.profile, this.scenario.client, this.ledger.balanceModel, this.scenario.rates);
  }

  private currentConfig(): MonitorConfig {
    const { rules, whenSeveral, intervalMs } = this.terms;
    const { windows } = this.silences;
    return {
      version: '',
      resellerId: '',
      intervalMs,
      whenSeveral,
      unlimited: this.ledger.balanceModel === 'unlimited',
      rules,
      ...(this.scenario.client.originationCapacity !== null && {
        normalCapacity: this.scenario.client.originationCapacity,
      }),
      ...(windows.length > 0 && { silenceWindows: windows }),
      grant: this.ledger.grantTimes,
      episodes: {},
      options: { continueAfterEvents: 0, continueAfterChecks: 0, spreadShare: 0, spreadMaxMs: 0 },
    };
  }
}
