import { formatCents } from '../../../src/domain/money.js';
import { formatInstant, type Scenario, type ScenarioNotification } from '../../../src/simulate/scenario.js';
import { intervalAt, rulesAt, type OracleRule } from './rules.js';
import { countOf, hourMs, judge, levelReason, mayAgainMs, type Pending, type RuleMemory } from './verdicts.js';
import type { Reason } from './verdicts.js';
import { applyEvent, availableIn, endCredit, receiverOf, startWorld, type World } from './world.js';

const deliveryWindowMs = 30 * 60_000;
const firstRetryMs = 10_000;
const slowestRetryMs = 60_000;

/** What one evaluation said about one rule. */
export interface TraceLine {
  readonly atMs: number;
  readonly rule: string;
  readonly reason: Reason;
  /** after the evaluation, a pending notification included */
  readonly count: number;
  /** from when period and hour allow the next one; -Infinity: at any time */
  readonly mayAgainMs: number;
  /** the rule waits after a failed notification */
  readonly isWaiting: boolean;
  readonly isCheck: boolean;
}

/** How the wait of one notification for its receivers ended. */
export interface OracleDelivery {
  readonly rule: string;
  readonly decidedMs: number;
  /** null: it still waited when the story ended */
  readonly endedMs: number | null;
  readonly outcome: 'accepted' | 'failed' | 'called_off' | 'pending';
}

export interface OracleRun {
  readonly notifications: ScenarioNotification[];
  readonly deliveries: OracleDelivery[];
  readonly trace: TraceLine[];
  /** coming instants, after the end of the story, at which anything can be different */
  readonly upcomingMs: number[];
}

/** Plays a story instant by instant: the world first, then one evaluation, then the attempts of that instant. */
export class OraclePlay {
  private readonly world: World;
  private memories = new Map<string, RuleMemory>();
  private rules: OracleRule[] = [];
  private lastScheduledMs: number | null = null;
  private nextEvent = 0;
  private readonly accepted: (Pending & { rule: string; capacity?: number | null })[] = [];
  private capacities = 0;
  private readonly deliveries: OracleDelivery[] = [];
  private readonly trace: TraceLine[] = [];

  constructor(private readonly scenario: Scenario) {
    this.world = startWorld(scenario);
  }

  run(): OracleRun {
    let nowMs = this.scenario.startMs;
    while (nowMs <= this.scenario.untilMs) {
      this.playInstant(nowMs);
      nowMs = Math.min(...this.instantsAfter(nowMs));
    }
    for (const [rule, { pending }] of this.memories) {
      if (pending) this.deliveries.push({ rule, decidedMs: pending.decidedMs, endedMs: null, outcome: 'pending' });
    }
    const notifications = this.accepted
      .sort((a, b) => a.decidedMs - b.decidedMs || a.place - b.place)
      .map(({ decidedMs, rule, to, reached, available, number, capacity }) => {
        const failed = to.filter((recipient) => !reached.includes(recipient));
        const facts = { available, number, ...(failed.length > 0 && { failed }) };
        const mail = { at: formatInstant(decidedMs), rule, to, ...facts };
        return capacity === undefined ? mail : { ...mail, capacity };
      });
    const upcomingMs = this.instantsAfter(this.scenario.untilMs);
    return { notifications, deliveries: this.deliveries, trace: this.trace, upcomingMs };
  }

  private playInstant(nowMs: number): void {
    endCredit(this.world, nowMs);
    const isManual = this.applyEvents(nowMs);
    this.rules = rulesAt(this.scenario, this.world, nowMs);
    this.keepMemories(nowMs);
    const isScheduled = nowMs >= this.nextScheduledMs();
    if (isScheduled) this.lastScheduledMs = nowMs;
    this.endPending(nowMs, isScheduled);
    this.evaluate(nowMs, isScheduled || isManual);
    this.attempt(nowMs);
  }

  /** Returns true when a manual check was requested. */
  private applyEvents(nowMs: number): boolean {
    let isManual = false;
    const { events } = this.scenario;
    for (; events[this.nextEvent]?.atMs === nowMs; this.nextEvent++) {
      const event = events[this.nextEvent];
      if (!event) break;
      applyEvent(this.world, event);
      if (event.kind === 'checkNow') isManual = true;
      if (event.kind === 'resetCounter') this.resetByHand(event.rule, nowMs);
    }
    return isManual;
  }

  /** A reset by hand clears counter, period, hour, and the wait after a failure. */
  private resetByHand(key: string, nowMs: number): void {
    const memory = this.memories.get(key);
    if (!memory) return;
    this.cancelDeliveries(key, memory, nowMs);
    Object.assign(memory, { count: 0, periodFromMs: null, hourFromMs: null, failedMs: null });
  }

  /** Rules are kept by key, also while off; a removed rule loses its memory. */
  private keepMemories(nowMs: number): void {
    const kept = new Map<string, RuleMemory>();
    for (const { key } of this.rules) kept.set(key, this.memories.get(key) ?? newMemory(this.world.refills));
    for (const [key, memory] of this.memories) if (!kept.has(key)) this.cancelDeliveries(key, memory, nowMs);
    this.memories = kept;
  }

  /** Cancels what a stop, a pause, or a rule that is off ends; then fails what may not wait any longer. */
  private endPending(nowMs: number, isScheduled: boolean): void {
    for (const rule of this.rules) {
      const memory = this.memoryOf(rule);
      const reason = levelReason(rule, this.world);
      if (reason === 'off' || reason === 'paused') this.cancelDeliveries(rule.key, memory, nowMs);
      if (!memory.pending || (!isScheduled && nowMs < memory.pending.decidedMs + deliveryWindowMs)) continue;
      this.end(rule.key, memory, nowMs, 'failed');
    }
  }

  private evaluate(nowMs: number, isCheck: boolean): void {
    for (const rule of this.rules) this.updateMemory(rule, nowMs, isCheck);
    const moment = { world: this.world, rules: this.rules, memories: this.memories, nowMs, isCheck };
    const verdicts = this.rules.map((rule) => judge(rule, moment));
    this.rules.forEach((rule, place) => {
      const memory = this.memoryOf(rule);
      const { reason, to } = verdicts[place] ?? { reason: 'off' as const, to: [] };
      if (rule.action === 'capacity') this.setCapacity(rule, reason, place, nowMs);
      else if (rule.action === 'autopay') this.charge(rule, reason, place, nowMs);
      else if (reason === 'sent' && rule.action === 'event') this.raiseEvent(rule, place, nowMs);
      else if (reason === 'sent') {
        const available = formatCents(availableIn(this.world));
        const number = memory.count + 1;
        const untried = { reached: [], refusing: [], attempts: 0, nextAttemptMs: nowMs };
        memory.pending = { decidedMs: nowMs, number, to, available, place, ...untried };
      }
      this.trace.push({
        atMs: nowMs,
        rule: rule.key,
        reason,
        count: countOf(memory),
        mayAgainMs: mayAgainMs(rule, memory),
        isWaiting: memory.failedMs !== null,
        isCheck,
      });
    });
  }

  /** An event is written at once: it needs no mail server. */
  private raiseEvent({ key }: OracleRule, place: number, nowMs: number): void {
    const memory = this.memories.get(key);
    if (!memory) throw new Error(`the rule ${key} has no memory`);
    memory.count++;
    memory.periodFromMs = memory.hourFromMs = nowMs;
    const available = formatCents(availableIn(this.world));
    this.accepted.push({ ...nothingPending, rule: key, decidedMs: nowMs, number: memory.count, available, place });
  }

  /** Once while it is low, or again an hour later; a silence does not hold it back. */
  private charge(rule: OracleRule, reason: Reason, place: number, nowMs: number): void {
    const memory = this.memoryOf(rule);
    const isSpent = rule.maxNotifications !== null && memory.count >= rule.maxNotifications;
    if (reason === 'sent' && !isSpent && mayAgainMs(rule, memory) <= nowMs) this.raiseEvent(rule, place, nowMs);
  }

  /** The capacity follows the side of its rule; while the side is unknown, it stays. */
  private setCapacity({ key }: OracleRule, reason: Reason, place: number, nowMs: number): void {
    const isReduced = reason === 'sent';
    const isKnown = isReduced || reason === 'above_threshold' || reason === 'unlimited';
    if (!isKnown || isReduced === this.world.isCapacityReduced) return;
    this.world.isCapacityReduced = isReduced;
    const { originationCapacity: normal, lowBalanceCapacity: low } = this.scenario.client;
    const capacity = isReduced && low !== null ? Math.min(low, normal ?? low) : normal;
    const available = this.world.isSourceUp ? formatCents(availableIn(this.world)) : '0.00';
    const decided = { ...nothingPending, decidedMs: nowMs, number: ++this.capacities, available, place };
    this.accepted.push({ ...decided, rule: key, capacity });
  }

  /** Applies resets and refills, and ends the wait after a failure. */
  private updateMemory(rule: OracleRule, nowMs: number, isCheck: boolean): void {
    const memory = this.memoryOf(rule);
    const hasHourPassed = memory.failedMs !== null && nowMs >= memory.failedMs + hourMs;
    if (isCheck || (rule.sendsOnChange && hasHourPassed)) memory.failedMs = null;
    const reason = levelReason(rule, this.world);
    const isNotLow = reason === 'above_threshold' || reason === 'unlimited';
    if (!isNotLow && reason !== null) return;
    const isRefilled = this.world.refills > memory.refills;
    memory.refills = this.world.refills;
    if (isRefilled || isNotLow) memory.failedMs = null;
    if (isNotLow || (isRefilled && rule.isResetByAnyRefill)) {
      this.cancelDeliveries(rule.key, memory, nowMs);
      memory.count = 0;
    }
    if (isRefilled && isNotLow) memory.periodFromMs = null;
  }

  private attempt(nowMs: number): void {
    for (const [rule, memory] of this.memories) {
      const { pending } = memory;
      if (!pending || pending.nextAttemptMs > nowMs) continue;
      const reached = [...pending.reached];
      const refusing = [...pending.refusing];
      for (const recipient of pending.to) {
        if (reached.includes(recipient) || refusing.includes(recipient)) continue;
        const answer = receiverOf(this.world, recipient);
        if (answer === 'up') reached.push(recipient);
        if (answer === 'gone') refusing.push(recipient);
      }
      const waitMs = Math.min(firstRetryMs * 2 ** pending.attempts, slowestRetryMs);
      const tried = { attempts: pending.attempts + 1, nextAttemptMs: nowMs + waitMs };
      memory.pending = { ...pending, reached, refusing, ...tried };
      if (reached.length + refusing.length === pending.to.length) this.end(rule, memory, nowMs, 'failed');
    }
  }

  /** Who was not reached yet is not notified any more. */
  private cancelDeliveries(key: string, memory: RuleMemory, nowMs: number): void {
    if (memory.pending) this.end(key, memory, nowMs, 'called_off');
  }

  /**
   * A notification that reached someone counts, however it ended; of one that did not, number, period, and hour are those
   * of the one before it.
   */
  private end(rule: string, memory: RuleMemory, endedMs: number, otherwise: 'failed' | 'called_off'): void {
    const { pending } = memory;
    if (!pending) return;
    const outcome = pending.reached.length > 0 ? 'accepted' : otherwise;
    this.deliveries.push({ rule, decidedMs: pending.decidedMs, endedMs, outcome });
    memory.pending = null;
    if (outcome === 'failed') memory.failedMs = pending.decidedMs;
    if (outcome !== 'accepted') return;
    this.accepted.push({ ...pending, rule });
    memory.count++;
    memory.periodFromMs = memory.hourFromMs = pending.decidedMs;
  }

  private nextScheduledMs(): number {
    if (this.lastScheduledMs === null) return this.scenario.startMs;
    return this.lastScheduledMs + intervalAt(this.scenario, this.world);
  }

  /** Coming instants at which anything can be different. An evaluation too many is harmless. */
  private instantsAfter(nowMs: number): number[] {
    const { events, rates } = this.scenario;
    const instants = [
      events[this.nextEvent]?.atMs ?? Number.POSITIVE_INFINITY,
      this.nextScheduledMs(),
      this.world.grant?.untilMs ?? Number.POSITIVE_INFINITY,
      ...rates.map((rate) => rate.atMs),
      ...this.world.silences.values(),
      ...this.world.clientsSilences.flatMap(({ fromMs, untilMs }) => [fromMs, untilMs]),
      ...this.rules.flatMap((rule) => this.instantsOf(rule)),
    ];
    return instants.filter((instantMs) => instantMs > nowMs);
  }

  private instantsOf(rule: OracleRule): number[] {
    const { pending, failedMs } = this.memoryOf(rule);
    return [
      mayAgainMs(rule, this.memoryOf(rule)),
      this.world.lastChargeMs + rule.inactivityMs,
      ...(failedMs === null ? [] : [failedMs + hourMs]),
      ...(pending ? [pending.nextAttemptMs, pending.decidedMs + deliveryWindowMs] : []),
    ];
  }

  private memoryOf(rule: OracleRule): RuleMemory {
    const memory = this.memories.get(rule.key);
    if (!memory) throw new Error(`the rule ${rule.key} has no memory`);
    return memory;
  }
}

const nothingPending = { to: [], reached: [], refusing: [], attempts: 0, nextAttemptMs: 0 };

function newMemory(refills: number): RuleMemory {
  return { count: 0, periodFromMs: null, hourFromMs: null, refills, pending: null, failedMs: null };
}
