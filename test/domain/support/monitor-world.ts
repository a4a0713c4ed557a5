import { formatMoney, moneyOf } from '../../../src/domain/money.js';
import type {
  MonitorCommand,
  MonitorEvent,
  RuleNotificationKey,
  RequestAnswer,
} from '../../../src/domain/monitoring/commands.js';
import { nextCreditStep, nextWake } from '../../../src/domain/monitoring/next-wake.js';
import type { DeliveryOutcome } from '../../../src/domain/monitoring/rule-state.js';
import { nextCheckAt } from '../../../src/domain/monitoring/schedule.js';
import {
  initialState,
  toCarriedState,
  type GrantTimes,
  type MonitorConfig,
  type MonitorRecord,
  type MonitorRequest,
  type MonitorState,
  type ObservedClient,
} from '../../../src/domain/monitoring/state.js';
import { isCheckDue, pendingNotifications, step } from '../../../src/domain/monitoring/step.js';
import { startMs } from './client.js';
import { administrator, configOf } from './monitor.js';
import type { Decision, Mail, Moment, Terms } from './monitor-world-types.js';

interface OpenDelivery {
  readonly decision: Decision;
  readonly endsAt: number;
  readonly outcome: DeliveryOutcome;
}

/** More rounds than any instant needs: a monitor that asks for more would never sleep. */
const maxRounds = 25;

/**
 * A client, a database, and a mail server in memory, around one monitor that runs on `step` and `nextWake` as the
 * workflow does. `between` is applied to the state before every step.
 */
export class MonitorWorld {
  now = startMs;
  state: MonitorState = initialState('client-1', startMs);
  readonly moments: Moment[] = [];
  readonly decisions: Decision[] = [];
  /** records in the database, in the order of their writes */
  readonly written: MonitorRecord[] = [];
  readonly answers: { readonly requestId: string; readonly answer: RequestAnswer; readonly written: number }[] = [];
  readonly requested: string[] = [];
  readonly notices: MonitorCommand[] = [];
  live = moneyOf('60');
  creditLimit = moneyOf('0');
  grant: GrantTimes | null = null;
  refills = 0;
  chargedAt = startMs;
  isStopped = false;
  isSourceUp = true;
  isUnlimited = false;
  rate: string | null | undefined = undefined;
  failingReads = 0;
  failingWrites = 0;
  failingCreditSteps = 0;
  mail: Mail = { seconds: 0, outcome: 'accepted', cancelled: { seconds: 0, outcome: 'failed' } };
  private readonly lives = new Map<string, number>();
  private readonly episodes: Record<string, number> = {};
  private open: OpenDelivery[] = [];
  private versions = 0;
  private isConfigNew = true;
  private isDirty = false;
  private hasArrived = false;
  private requests = 0;

  constructor(
    private terms: Terms,
    private readonly between: (state: MonitorState) => MonitorState = (state) => state,
  ) {
    for (const { key } of terms.definitions) this.lives.set(key, 1);
    this.observe('load');
    this.settle();
  }

  /** Lets time pass: the monitor wakes at its planned times and deliveries end. */
  advance(untilMs: number, onSleep: (fromMs: number, wakeMs: number) => void = () => undefined): void {
    for (;;) {
      const nextMs = Math.min(nextWake(this.state).at, this.nextDeliveryAt());
      onSleep(this.now, Math.min(nextMs, untilMs));
      if (nextMs > untilMs) break;
      this.now = Math.max(nextMs, this.now);
      this.settle();
    }
    this.now = untilMs;
  }

  charge(amount: bigint): void {
    this.live -= amount;
    this.chargedAt = this.now;
    const { below } = this.state.wakeBounds;
    if (below !== null && this.live <= moneyOf(below)) this.signal();
  }

  pay(amount: bigint): void {
    this.live += amount;
    this.refills += 1;
    this.signal();
  }

  signal(): void {
    this.hasArrived = true;
    this.settle();
  }

  edit(terms: Partial<Terms>): void {
    this.terms = { ...this.terms, ...terms };
    const keys = new Set(this.terms.definitions.map(({ key }) => key));
    for (const { key } of this.terms.definitions) if (!this.lives.has(key)) this.lives.set(key, 1);
    for (const [key, life] of this.lives) if (!keys.has(key)) this.lives.set(key, Math.abs(life) * -1);
    for (const key of keys) {
      const life = this.lives.get(key) ?? 1;
      if (life < 0) this.lives.set(key, 1 - life);
    }
    this.reconfigure();
  }

  reconfigure(): void {
    this.isConfigNew = true;
    this.signal();
  }

  request(request: Record<string, unknown> & { readonly kind: MonitorRequest['kind'] }): void {
    const id = String(++this.requests);
    this.requested.push(id);
    const made = { id, actor: administrator, reason: 'because', ...request } as MonitorRequest;
    this.take({ type: 'requested', request: made });
    this.signal();
  }

  /** Hands the state to a new run. Deliveries must have ended. */
  renew(): void {
    if (this.open.length > 0 || this.isDirty) return;
    this.state = toCarriedState(this.state);
    this.settle();
  }

  private settle(): void {
    for (let round = 0; round < maxRounds; round++) {
      const wake = nextWake(this.state);
      const canRead = this.now >= (this.state.retry.readAt ?? 0);
      if (this.endDeliveries()) continue;
      if (wake.at <= this.now && wake.reason.startsWith('credit')) this.runCreditStep();
      else if (wake.at <= this.now && wake.reason === 'publish') this.publish();
      else if (wake.at <= this.now || (canRead && (this.isDirty || this.hasArrived))) this.evaluate();
      else return;
    }
    throw new Error(`the monitor does not come to rest: ${JSON.stringify(nextWake(this.state))}`);
  }

  private evaluate(): void {
    this.isDirty ||= this.hasArrived;
    this.hasArrived = false;
    const isScheduled = nextCheckAt(this.state.schedule) <= this.now;
    if (this.failingReads > 0) {
      this.failingReads--;
      this.take({ type: 'readFailed' });
      return;
    }
    this.isDirty = false;
    if (isScheduled && isCheckDue(this.state, this.isConfigNew ? this.config() : undefined, this.now)) {
      for (const key of pendingNotifications(this.state.rules)) {
        this.cancel(key);
        this.open = this.open.map((open) => (isSame(open.decision, key) ? { ...open, endsAt: this.now } : open));
      }
      this.endDeliveries();
    }
    this.observe(isScheduled ? 'scheduled' : 'change');
  }

  private observe(purpose: 'load' | 'scheduled' | 'change'): void {
    const config = this.isConfigNew ? { config: this.config() } : {};
    this.isConfigNew = false;
    this.take({ type: 'observed', observed: this.observed(), purpose, ...config });
  }

  take(event: MonitorEvent): void {
    const before = this.between(this.state);
    const { state, commands } = step(before, event, this.now);
    this.moments.push({ now: this.now, event, before, after: state, commands });
    this.state = state;
    for (const command of commands) this.execute(command);
  }

  private execute(command: MonitorCommand): void {
    switch (command.type) {
      case 'notify': {
        const { rule, episode, number, decidedAt, max } = command;
        const periodMs = this.terms.definitions.find(({ key }) => key === rule)?.periodMs ?? 0;
        const life = this.lives.get(rule) ?? 0;
        const decision: Decision = { rule, episode, number, decidedAt, max, periodMs, life, outcome: null };
        this.decisions.push(decision);
        this.episodes[rule] = Math.max(this.episodes[rule] ?? 0, episode);
        const { seconds, outcome } = this.mail;
        this.open.push({ decision, outcome, endsAt: this.now + seconds * 1000 });
        return;
      }
      case 'cancelDelivery':
        this.cancel(command);
        return;
      case 'notifyCredit':
        this.notices.push(command);
        return;
      case 'publish':
        this.publish();
        return;
      case 'answer':
        this.answers.push({ requestId: command.requestId, answer: command.answer, written: this.written.length });
        return;
      case 'raiseEvent':
    }
  }

  private publish(): void {
    if (this.failingWrites > 0) {
      this.failingWrites--;
      this.take({ type: 'writeFailed' });
      return;
    }
    this.written.push(...this.state.records);
    this.take({ type: 'published' });
  }

  private runCreditStep(): void {
    const due = nextCreditStep(this.grant, this.now);
    if (this.failingCreditSteps > 0) {
      this.failingCreditSteps--;
      this.take({ type: 'creditStepFailed' });
      return;
    }
    if (due && due.at <= this.now && this.grant) {
      const done = { start: { started: true }, warn: { warned: true }, revert: {} }[due.step];
      this.grant = due.step === 'revert' ? null : { ...this.grant, ...done };
    }
    this.isConfigNew = true;
    this.take({ type: 'creditStepDone' });
  }

  private cancel(key: RuleNotificationKey): void {
    const { seconds, outcome } = this.mail.cancelled;
    this.open = this.open.map((open) =>
      isSame(open.decision, key) && open.decision.outcome === null
        ? { ...open, outcome, endsAt: Math.min(open.endsAt, this.now + seconds * 1000) }
        : open,
    );
  }

  private nextDeliveryAt(): number {
    return Math.min(...this.open.map(({ endsAt }) => endsAt));
  }

  private endDeliveries(): boolean {
    const ended = this.open.filter(({ endsAt }) => endsAt <= this.now);
    this.open = this.open.filter(({ endsAt }) => endsAt > this.now);
    for (const { decision, outcome } of ended) {
      decision.outcome = outcome;
      const { rule, episode, number } = decision;
      this.take({ type: 'deliveryEnded', rule, episode, number, outcome });
    }
    return ended.length > 0;
  }

  observed(): ObservedClient {
    const { grant } = this;
    const isActive = grant !== null && grant.from <= this.now && this.now < grant.until;
    return {
      ...(this.isSourceUp && {
        live: formatMoney(this.live),
        credit: formatMoney(this.creditLimit),
        ...(isActive && { temporary: grant.amount }),
      }),
      ...(this.rate !== undefined && { rate: this.rate }),
      refills: this.refills,
      chargedAt: this.chargedAt,
      ...(this.isStopped && { status: 'stop' as const }),
    };
  }

  private config(): MonitorConfig {
    const { definitions, whenSeveral, intervalMs } = this.terms;
    return configOf(definitions, {
      version: String(++this.versions),
      intervalMs,
      whenSeveral,
      unlimited: this.isUnlimited,
      grant: this.grant,
      episodes: { ...this.episodes },
    });
  }
}

function isSame(a: RuleNotificationKey, b: RuleNotificationKey): boolean {
  return a.rule === b.rule && a.episode === b.episode && a.number === b.number;
}
