import { hourMs } from '../durations.js';
import type { Rule } from './rules.js';

/**
 * What is stored of one rule between evaluations, and the transitions that do not depend on a balance. Plain values:
 * they are carried between workflow runs and stored as JSON. Instants are ms since 1970, UTC, whole seconds.
 */
export interface RuleState {
  /** notifications of this episode that count toward Max qty, a pending one included */
  readonly count: number;
  /** number of this counter run, from 1; with rule and number it identifies a notification forever */
  readonly episode: number;
  /** start of the running period; null: none runs */
  readonly periodFrom: number | null;
  /** the decision from which the hour between two notifications runs; null: none */
  readonly hourFrom: number | null;
  /** decision of the last notification, also of earlier episodes; null: none yet */
  readonly lastNotifiedAt: number | null;
  /** the evaluation that first found the rule low in this spell; null: it is not low */
  readonly lowSince: number | null;
  /** sequence of the last refill that was applied */
  readonly refillSeq: number;
  /** decision of a notification that failed: the rule waits for the next check; absent: it does not wait */
  readonly failedAt?: number;
  /** the notification whose deliveries have not ended; absent: none */
  readonly pending?: PendingNotification;
}

/** A notification that was decided and has not ended, with what applies again if it was never sent. */
interface PendingNotification {
  readonly episode: number;
  readonly number: number;
  readonly decidedAt: number;
  readonly before: {
    readonly periodFrom: number | null;
    readonly hourFrom: number | null;
    readonly lastNotifiedAt: number | null;
  };
  /**
   * its cancellation was requested, and in which kind of evaluation: once it has ended, all rules are evaluated again
   */
  readonly cancelledIn?: EvaluationKind;
}

/**
 * Whether a scheduled or manual check evaluates, at which every rule may send, or a change, at which `change` rules
 * may.
 */
export type EvaluationKind = 'check' | 'change';

export type RuleStates = Readonly<Record<string, RuleState>>;

/** `uncertain`: the connection broke after the data, so the message may have arrived. */
export type DeliveryOutcome = 'accepted' | 'uncertain' | 'failed';

/** Two notifications of one rule are never closer than this, unless a person reset its counter. */
const minHourMs = hourMs;

/** The state of a rule that was never evaluated; earlier refills do not count for it. */
export function initialRuleState(refillSeq: number): RuleState {
  return {
    count: 0,
    episode: 1,
    periodFrom: null,
    hourFrom: null,
    lastNotifiedAt: null,
    lowSince: null,
    refillSeq,
  };
}

/** The instant at which both the running period and the hour have ended; 0: none runs. */
export function periodEnd(rule: Pick<Rule, 'periodMs'>, state: RuleState): number {
  const period = state.periodFrom === null ? 0 : state.periodFrom + rule.periodMs;
  const hour = state.hourFrom === null ? 0 : state.hourFrom + minHourMs;
  return Math.max(period, hour);
}

/** The instant at which a `change` rule stops waiting for a check after a failed notification; 0: it does not wait. */
export function waitEnd(state: RuleState): number {
  return state.failedAt === undefined ? 0 : state.failedAt + minHourMs;
}

/** True when the counter has reached Max qty. */
export function isExhausted({ maxNotifications }: Pick<Rule, 'maxNotifications'>, { count }: RuleState): boolean {
  return maxNotifications !== null && count >= maxNotifications;
}

/** Counter 0. An episode without a decision continues: no notification bears its number yet. */
export function withCounterReset(state: RuleState, kind: EvaluationKind): RuleState {
  return state.count === 0 ? state : withCancelRequested({ ...state, count: 0, episode: state.episode + 1 }, kind);
}

/** No period runs, not even that of the notification before a pending one. */
export function withPeriodCleared(state: RuleState): RuleState {
  if (!state.pending) return state.periodFrom === null ? state : { ...state, periodFrom: null };
  const before = { ...state.pending.before, periodFrom: null };
  return { ...state, periodFrom: null, pending: { ...state.pending, before } };
}

export function withCancelRequested(state: RuleState, kind: EvaluationKind): RuleState {
  const { pending } = state;
  return pending && !pending.cancelledIn ? { ...state, pending: { ...pending, cancelledIn: kind } } : state;
}

export function withoutWait(state: RuleState): RuleState {
  if (state.failedAt === undefined) return state;
  const { failedAt: _ended, ...rest } = state;
  return rest;
}

/** The notification with this number was decided at `at`. */
export function withNotification(state: RuleState, at: number): RuleState {
  const { periodFrom, hourFrom, lastNotifiedAt } = state;
  return {
    ...withoutWait(state),
    count: state.count + 1,
    periodFrom: at,
    hourFrom: at,
    lastNotifiedAt: at,
    pending: {
      episode: state.episode,
      number: state.count + 1,
      decidedAt: at,
      before: { periodFrom, hourFrom, lastNotifiedAt },
    },
  };
}

/** What the rule does at `at` needs no delivery: it counts at once. */
export function withAction(state: RuleState, at: number): RuleState {
  return { ...withoutWait(state), count: state.count + 1, periodFrom: at, hourFrom: at, lastNotifiedAt: at };
}

/** A notification that was sent elsewhere counts at `at`: it takes its number and its period, and nothing is sent. */
export function withCountedNotification(state: RuleState, at: number): RuleState {
  return { ...withoutWait(state), count: state.count + 1, periodFrom: at, hourFrom: at };
}

/** A person's reset: counter, period, hour, and wait are cleared, so that the rule may send at once. */
export function withManualReset(state: RuleState): RuleState {
  const reset = withPeriodCleared(withoutWait(withCounterReset(state, 'change')));
  if (!reset.pending) return reset.hourFrom === null ? reset : { ...reset, hourFrom: null };
  return {
    ...reset,
    hourFrom: null,
    pending: { ...reset.pending, before: { ...reset.pending.before, hourFrom: null } },
  };
}

/**
 * Records how a pending notification ended. Accepted and uncertain ones count. A failed one frees its number, its
 * period, and its hour; unless it was canceled, the rule then waits for the next check.
 */
export function applyDeliveryOutcome(
  ruleStates: RuleStates,
  notification: { readonly rule: string; readonly episode: number; readonly number: number },
  outcome: DeliveryOutcome,
): RuleStates {
  const state = ruleStates[notification.rule];
  const pending = state?.pending;
  if (!state || pending?.episode !== notification.episode || pending.number !== notification.number) return ruleStates;
  const { pending: _ended, ...rest } = state;
  return { ...ruleStates, [notification.rule]: outcome === 'failed' ? withoutNotification(rest, pending) : rest };
}

function withoutNotification(state: RuleState, pending: PendingNotification): RuleState {
  return {
    ...state,
    ...pending.before,
    count: state.episode === pending.episode ? pending.number - 1 : state.count,
    ...(!pending.cancelledIn && { failedAt: pending.decidedAt }),
  };
}

/** Keeps the states of rules that exist: an edit keeps counter and period by key, a removed rule loses them. */
export function keepRuleStates(keys: readonly string[], ruleStates: RuleStates): RuleStates {
  const kept = keys.filter((key) => ruleStates[key]);
  if (kept.length === Object.keys(ruleStates).length) return ruleStates;
  return Object.fromEntries(kept.map((key) => [key, ruleStates[key] as RuleState]));
}

/**
 * Starts rules that have no state after the last episode in which they notified, so that no notification repeats the
 * key of an earlier one.
 *
 * @param lastEpisodes by rule key
 * @param refillSeq refills up to this one do not count for these rules
 */
export function continueEpisodes(
  ruleStates: RuleStates,
  lastEpisodes: Readonly<Record<string, number>>,
  refillSeq: number,
): RuleStates {
  const missing = Object.entries(lastEpisodes).filter(([key]) => !ruleStates[key]);
  if (missing.length === 0) return ruleStates;
  const states = missing.map(([key, episode]): [string, RuleState] => [
    key,
    { ...initialRuleState(refillSeq), episode: episode + 1 },
  ]);
  return { ...ruleStates, ...Object.fromEntries(states) };
}
/**
 * What set a counter to 0: a `payment`; another change of the live `balance`, such as a correction; the permanent or
 * temporary `credit`; an exchange `rate`; an `edit` of profile or client. A person's reset has an audit row instead.
 */
export const resetCauses = ['payment', 'balance', 'credit', 'rate', 'edit'] as const;
export type ResetCause = (typeof resetCauses)[number];

/** A counter that an evaluation set to 0. */
export interface CounterReset {
  readonly rule: string;
  readonly cause: ResetCause;
  /** notifications that counted until then */
  readonly count: number;
  /** of a `payment`: the sequence of the refill */
  readonly refill?: number;
}
