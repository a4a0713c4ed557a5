import { rateUnit } from '../money.js';
import { evaluate, isDecision, type Observation, type Reason } from '../monitoring/evaluate.js';
import type { RuleTerms } from '../monitoring/rule-definition.js';
import {
  applyDeliveryOutcome,
  initialRuleState,
  withManualReset,
  type DeliveryOutcome,
  type RuleState,
} from '../monitoring/rule-state.js';
import { compileRules } from '../monitoring/rules.js';
import type { CompanySide, SideBalance } from './company-balances.js';

/** The threshold of one side of a company, as a run of the balance threshold controller decides it. */

export interface SideThreshold {
  readonly enabled: boolean;
  /** decimal string; null: none is set */
  readonly threshold: string | null;
}

/** What decides a side: its threshold, and the recipients that it can notify now. */
export interface SideTerms extends SideThreshold {
  /** addresses, and keys of channels */
  readonly recipients: readonly string[];
}

/** Why a run notified about a side or not; of the reasons of rules, those that a side can have. */
export const sideResults = [
  'off',
  'balance_unknown',
  'no_rate',
  'above_threshold',
  'no_recipients',
  'max_reached',
  'period_not_elapsed',
  'sent',
] as const satisfies readonly Reason[];
export type SideResult = (typeof sideResults)[number];

/** What one run decides about one side. */
export interface SideDecision {
  readonly reason: SideResult;
  readonly state: RuleState;
  /** the notification that was decided; null: none was */
  readonly notification: { readonly episode: number; readonly number: number } | null;
  /** the balance is found fine: the balance mail time is cleared */
  readonly isFine: boolean;
}

/**
 * Decides one side by the engine that decides the rules of clients: low while `balance <= threshold`, one notification until it is
 * found above, at a run alone. An unknown balance and a missing rate change nothing.
 *
 * @param balance in the currency of the threshold
 * @param state null: the side was never decided
 */
export function decideSide(
  side: CompanySide,
  terms: SideTerms,
  balance: SideBalance,
  state: RuleState | null,
  at: number,
): SideDecision {
  const isKnown = typeof balance !== 'string';
  const observation: Observation = {
    balance: isKnown ? { live: balance.amount, creditLimit: 0n, temporaryCredit: 0n } : null,
    rate: rateUnit,
    refillSeq: 0,
    lastChargeAt: at,
    unlimited: false,
    paused: false,
    silences: {},
  };
  const ruleSet = compileRules([sideRule(side, terms)], 'each');
  const { verdicts, ruleStates } = evaluate(ruleSet, state ? { [side]: state } : {}, observation, at, 'check');
  const [verdict] = verdicts;
  if (!verdict) throw new TypeError('each rule has a verdict');
  const reason = balance === 'no_rate' && verdict.reason === 'balance_unknown' ? 'no_rate' : toResult(verdict.reason);
  const after = ruleStates[side] ?? initialRuleState(0);
  return {
    reason,
    state: after,
    notification: isDecision(verdict) ? { episode: after.episode, number: after.count } : null,
    isFine: reason === 'above_threshold',
  };
}

function toResult(reason: Reason): SideResult {
  const result = sideResults.find((one) => one === reason);
  if (result === undefined) throw new TypeError(`a side of a company cannot be ${reason}`);
  return result;
}

function sideRule(side: CompanySide, { enabled, threshold, recipients }: SideTerms): RuleTerms {
  return {
    key: side,
    action: 'notify',
    trigger: 'period',
    threshold: enabled && threshold !== null ? { kind: 'atMost', value: threshold } : null,
    inactivityDays: null,
    maxNotifications: 1,
    periodMs: 0,
    resetOn: 'recovery',
    recipients,
    ranked: false,
  };
}

/**
 * How a notification ended. Accepted and uncertain ones set the balance mail time, unless the side was reset since; a failed one is
 * decided again by the next run.
 */
export function endSideDelivery(
  side: CompanySide,
  state: RuleState,
  notification: { readonly episode: number; readonly number: number },
  outcome: DeliveryOutcome,
): { readonly state: RuleState; readonly setsMailTime: boolean } {
  const after = applyDeliveryOutcome({ [side]: state }, { rule: side, ...notification }, outcome)[side] ?? state;
  return { state: after, setsMailTime: outcome !== 'failed' && state.episode === notification.episode };
}

/** Whether the side waits for this notification, and was not reset, turned off, or found fine since. */
export function isPendingOf(
  { pending }: RuleState,
  { episode, number }: { readonly episode: number; readonly number: number },
): boolean {
  return pending?.episode === episode && pending.number === number && pending.cancelledIn === undefined;
}

/** A reset by hand, or a side that was turned off: the next run that finds it low notifies. */
export function resetSide(state: RuleState): RuleState {
  return withManualReset(state);
}

/** Whether a side can notify at all. */
export function isWatched({ enabled, threshold }: SideThreshold): boolean {
  return enabled && threshold !== null;
}
