import { availableOf, type Balance } from '../ledger/balance.js';
import { windowEndAt, type SilenceWindow } from '../silences/silence-window.js';
import { rateUnit, type Micros, type Rate } from '../money.js';
import type { Rule, RuleSet } from './rules.js';
import {
  initialRuleState,
  isExhausted,
  periodEnd,
  waitEnd,
  withAction,
  withCancelRequested,
  withCountedNotification,
  withCounterReset,
  withNotification,
  withoutWait,
  withPeriodCleared,
  type EvaluationKind,
  type RuleState,
  type RuleStates,
} from './rule-state.js';

/**
 * The decision of one evaluation. No clock, no database, no SDK: the monitor, the explanation, the profile preview, and
 * the simulator call the same function.
 */

/** What is known of a client at one instant. */
export interface Observation {
  /** null: unknown, which is neither low nor refilled */
  readonly balance: Balance | null;
  /** units of the profile's currency for one unit of the client's; null: no exchange rate */
  readonly rate: Rate | null;
  /** grows by one with every refill */
  readonly refillSeq: number;
  /** instant of the last charge in ms, or of the client's creation when it was never charged */
  readonly lastChargeAt: number;
  readonly unlimited: boolean;
  /** the client's status is `stop`, or its monitor is paused */
  readonly paused: boolean;
  /** rule key, or `*` for all, to the instant in ms at which its silence ends */
  readonly silences: Readonly<Record<string, number>>;
  /** silences over many clients, which hold for all rules; absent: none */
  readonly silenceWindows?: readonly SilenceWindow[] | undefined;
  /** the first notification of a rule that is low when it is first decided counts as already sent */
  readonly countsFirst?: true;
}

/** Why a rule did or did not send: the first that applies, in this order. */
export const reasons = [
  'off',
  'paused',
  'balance_unknown',
  'unlimited',
  'no_rate',
  'above_threshold',
  'not_inactive',
  'no_recipients',
  'superseded',
  'silenced',
  'max_reached',
  'period_not_elapsed',
  'waiting_for_check',
  'sent',
  'send_failed',
  'send_uncertain',
] as const;
export type Reason = (typeof reasons)[number];

/** Those of a rule that is low, whether it notified or not. */
export const lowReasons: readonly Reason[] = reasons.slice(reasons.indexOf('above_threshold') + 1);

/** The result of one rule in one evaluation. */
export interface Verdict {
  readonly rule: string;
  readonly reason: Reason;
  /** with `sent`: which notification, event, or charge was decided; absent: none was, as while a capacity applies */
  readonly episode?: number;
  readonly number?: number;
  /** with `sent`: recipients of the rule that a more severe rule covers */
  readonly except?: readonly string[];
}

interface Evaluation {
  readonly verdicts: readonly Verdict[];
  /** the very object that was given when no rule's state changed */
  readonly ruleStates: RuleStates;
}

const noRecipients: readonly string[] = [];

/**
 * Evaluates all rules at the instant `at` (ms). Evaluating again at the same instant sends nothing more.
 *
 * Resets counters of rules that are not low, applies refills once per rule, requests the cancellation of pending
 * notifications whose reason is gone, and decides who sends.
 */
export function evaluate(
  ruleSet: RuleSet,
  ruleStates: RuleStates,
  observation: Observation,
  at: number,
  kind: EvaluationKind,
): Evaluation {
  const levels = ruleLevels(ruleSet, observation, ruleStates);
  const assigned = ruleSet.whenSeveral === 'mostSevere' ? assignRecipients(ruleSet, observation, levels, at) : null;
  const verdicts: Verdict[] = [];
  let next: Record<string, RuleState> | null = null;
  for (let index = 0; index < ruleSet.rules.length; index++) {
    const rule = ruleSet.rules[index] as Rule;
    const level = levels[index] as Level;
    const known = ruleStates[rule.key];
    const updated = updateRuleState(rule, known, level, observation, at, kind);
    const counts = observation.countsFirst === true && !known && level === 'low' && !observation.paused;
    const state = counts && rule.action !== 'capacity' ? withCountedNotification(updated, at) : updated;
    const except = assigned && rule.ranked && level === 'low' ? coveredByMoreSevere(rule, assigned) : noRecipients;
    const reason = reasonOf(rule, level, state, observation, except.length, at, kind);
    let after = state;
    if (reason === 'sent' && actsNow(rule, state, at)) {
      after = rule.action === 'notify' ? withNotification(state, at) : withAction(state, at);
      const sent = { rule: rule.key, reason, episode: after.episode, number: after.count };
      verdicts.push(except.length > 0 ? { ...sent, except } : sent);
    } else verdicts.push({ rule: rule.key, reason });
    // A rule that was never decided has no state yet.
    if (after !== known && (known || isDecided(level, observation))) (next ??= { ...ruleStates })[rule.key] = after;
  }
  return { verdicts, ruleStates: next ?? ruleStates };
}

/** A capacity only applies, and a card is charged once, or again after its period. */
function actsNow(rule: Rule, state: RuleState, at: number): boolean {
  if (rule.action === 'autopay') return !isExhausted(rule, state) && periodEnd(rule, state) <= at;
  return rule.action !== 'capacity';
}

/** `undecided`: the balance or the rate is unknown. */
export type Level = 'off' | 'low' | 'above' | 'unlimited' | 'undecided';

/** On which side of its threshold each rule is, in the order of the rules. */
export function ruleLevels(ruleSet: RuleSet, observation: Observation, ruleStates: RuleStates): Level[] {
  const { balance, rate } = observation;
  const available = balance ? availableOf(balance) : 0n;
  const plain = rate === rateUnit;
  const converted = ruleSet.converts && rate !== null && !plain ? available * rate : 0n;
  return ruleSet.rules.map((rule): Level => {
    const { threshold } = rule;
    if (!threshold) return 'off';
    if (!balance) return 'undecided';
    if (observation.unlimited) return 'unlimited';
    switch (threshold.kind) {
      case 'below':
        if (rate === null) return 'undecided';
        return (plain ? available < rule.limit : converted < rule.limitScaled) ? 'low' : 'above';
      case 'belowOwn':
        return available < lowLimit(rule, ruleStates[rule.key]) ? 'low' : 'above';
      case 'atMost':
        return available <= rule.limit ? 'low' : 'above';
      case 'debtAtLeast':
        return -balance.live >= rule.limit ? 'low' : 'above';
      case 'debtShare':
        if (balance.creditLimit <= 0n) return 'off';
        return -balance.live * 100_000_000n >= balance.creditLimit * rule.limit ? 'low' : 'above';
    }
  });
}

/** Below this the rule is low; one that is low already may have to rise higher than it fell. */
export function lowLimit({ limit, restoreLimit }: Rule, state: RuleState | undefined): Micros {
  return restoreLimit !== null && state && state.lowSince !== null ? restoreLimit : limit;
}

function isDecided(level: Level, observation: Observation): boolean {
  return level !== 'off' && level !== 'undecided' && !observation.paused;
}

/** The state of a rule before it is decided whether it sends. */
function updateRuleState(
  rule: Rule,
  known: RuleState | undefined,
  level: Level,
  observation: Observation,
  at: number,
  kind: EvaluationKind,
): RuleState {
  const initial = known ?? initialRuleState(observation.refillSeq);
  const state = kind === 'check' ? withoutWait(initial) : initial;
  if (level === 'off' || observation.paused) return withCancelRequested(state, kind);
  if (level === 'undecided') return state;
  return level === 'low'
    ? foundLow(rule, state, observation.refillSeq, at, kind)
    : foundNotLow(state, observation.refillSeq, kind);
}

function foundLow(rule: Rule, state: RuleState, refillSeq: number, at: number, kind: EvaluationKind): RuleState {
  if (refillSeq <= state.refillSeq) return state.lowSince === null ? { ...state, lowSince: at } : state;
  const refilled = withoutWait({ ...state, lowSince: state.lowSince ?? at, refillSeq });
  return rule.resetOn === 'refill' ? withCounterReset(refilled, kind) : refilled;
}

/** Counter 0; the running period stays, except after a refill. */
function foundNotLow(state: RuleState, refillSeq: number, kind: EvaluationKind): RuleState {
  const refilled = refillSeq > state.refillSeq;
  if (!refilled && state.count === 0 && state.lowSince === null && state.failedAt === undefined) return state;
  const found = withoutWait({ ...state, lowSince: null, refillSeq: Math.max(refillSeq, state.refillSeq) });
  const reset = withCounterReset(found, kind);
  return refilled ? withPeriodCleared(reset) : reset;
}

function reasonOf(
  rule: Rule,
  level: Level,
  state: RuleState,
  observation: Observation,
  covered: number,
  at: number,
  kind: EvaluationKind,
): Reason {
  if (level === 'off') return 'off';
  if (observation.paused) return 'paused';
  if (!observation.balance) return 'balance_unknown';
  if (level === 'unlimited') return 'unlimited';
  if (level === 'undecided') return 'no_rate';
  if (level === 'above') return 'above_threshold';
  // They apply while the rule is low, and need no recipients.
  if (rule.action === 'capacity' || rule.action === 'autopay') return 'sent';
  if (inactiveFrom(rule, observation) > at) return 'not_inactive';
  if (rule.action === 'notify') {
    if (rule.recipients.length === 0) return 'no_recipients';
    if (covered === rule.recipients.length) return 'superseded';
  }
  if (silencedUntil(observation, rule.key, at) > at) return 'silenced';
  if (isExhausted(rule, state)) return 'max_reached';
  if (state.pending || periodEnd(rule, state) > at) return 'period_not_elapsed';
  if (kind === 'change' && (rule.trigger === 'period' || waitEnd(state) > at)) return 'waiting_for_check';
  return 'sent';
}

/** The instant from which the client is inactive enough for the rule; 0: inactivity does not matter. */
export function inactiveFrom(rule: Rule, observation: Pick<Observation, 'lastChargeAt'>): number {
  return rule.inactivityDays === null ? 0 : observation.lastChargeAt + rule.inactivityMs;
}

/** The instant in ms until which a rule is silenced without a break from `at` on; at or before `at`: it is not. */
export function silencedUntil(
  { silences, silenceWindows }: Pick<Observation, 'silences' | 'silenceWindows'>,
  key: string,
  at: number,
): number {
  const own = Math.max(silences[key] ?? 0, silences['*'] ?? 0);
  return (silenceWindows && windowEndAt(silenceWindows, Math.max(own, at))) ?? own;
}

function coveredByMoreSevere(rule: Rule, assigned: ReadonlyMap<string, Rule>): readonly string[] {
  return rule.recipients.filter((recipient) => assigned.get(recipient) !== rule);
}

/** For each recipient the one rule that notifies it: the lowest threshold that is low and whose inactivity holds. */
function assignRecipients(
  ruleSet: RuleSet,
  observation: Observation,
  levels: readonly Level[],
  at: number,
): Map<string, Rule> {
  const assigned = new Map<string, Rule>();
  ruleSet.rules.forEach((rule, index) => {
    if (!rule.ranked || levels[index] !== 'low' || inactiveFrom(rule, observation) > at) return;
    for (const recipient of rule.recipients) {
      const other = assigned.get(recipient);
      if (!other || rule.limit < other.limit) assigned.set(recipient, rule);
    }
  });
  return assigned;
}

/** True when no rule of the evaluation was left undecided: nothing of the client was unknown, and it is not paused. */
export function areAllDecided(verdicts: readonly Verdict[]): boolean {
  return !verdicts.some(({ reason }) => undecidedReasons.has(reason));
}

const undecidedReasons: ReadonlySet<Reason> = new Set<Reason>(['paused', 'balance_unknown', 'no_rate']);

/** True when this evaluation decided a notification, an event, or a charge. */
export function isDecision({ number }: Pick<Verdict, 'number'>): boolean {
  return number !== undefined;
}
