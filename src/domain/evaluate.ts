import type { Micros, Rate } from './money.js';
import { rateUnit } from './money.js';
import type { Rule, RuleSet } from './rules.js';

/**
 * What a check decides. These functions know no clock, no database and no SDK; the monitor, the explanation, the
 * preview, the simulator and the backtest all call them.
 *
 * A rule goes through these modes:
 * - armed: not low, or low with sends left; `count` says how many of this count went out.
 * - exhausted: low, `count` has reached the maximum.
 * - sending: a mail is on its way; the count is taken for granted until `settle` hears how it ended.
 * Re-arming (a refill, or a look that finds the rule not low) sets the count to zero and begins the next episode.
 */

/** What is known of a client at one instant. */
export interface Observation {
  /** null: unknown, which is neither low nor refilled */
  readonly balance: Balance | null;
  /** units of the profile's currency for one of the client's; null: no rate is in force */
  readonly rate: Rate | null;
  /** grows by one with every refill */
  readonly refillSeq: number;
  /** instant of the last charge in ms, or of the client's creation where it was never charged */
  readonly lastChargeAt: number;
  readonly unlimited: boolean;
  /** the client is not active, or its monitor is paused */
  readonly paused: boolean;
  /** rule key, or `*` for all, to the instant in ms at which its silence ends */
  readonly silences: Readonly<Record<string, number>>;
}

export interface Balance {
  readonly live: Micros;
  /** the permanent credit limit */
  readonly creditLimit: Micros;
  /** the temporary credit that is valid at the instant of the observation */
  readonly temporaryCredit: Micros;
}

/** What is remembered of one rule between checks: small plain values. */
export interface RuleState {
  /** sends in this count, one on its way included */
  readonly count: number;
  /** instant of the check of the last send in ms; null: nothing to keep a distance from */
  readonly sentAt: number | null;
  /** number of this count, from 1; with rule and number it names a mail for ever */
  readonly episode: number;
  /** the threshold was passed when the rule was last looked at */
  readonly low: boolean;
  /** instant of the check that first found the rule low in this spell, in ms */
  readonly since: number | null;
  /** the last refill that was taken into account */
  readonly refillSeq: number;
  /** a mail on its way, perhaps of an episode that is over, and the distance to go back to should it fail */
  readonly sending?: { readonly episode: number; readonly number: number; readonly previousSentAt: number | null };
}

export type RuleStates = Readonly<Record<string, RuleState>>;

/** Why a rule did or did not send, in the order in which they are asked. Their places are carried between runs: a new one goes to the end. */
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
  'sent',
  'send_failed',
  'send_uncertain',
] as const;
export type Reason = (typeof reasons)[number];

export interface Verdict {
  readonly rule: string;
  readonly reason: Reason;
  /** with `sent`: which mail this is */
  readonly episode?: number;
  readonly number?: number;
  /** with `sent`: the rule's recipients who hear from a more severe rule instead */
  readonly except?: readonly string[];
}

export interface Evaluation {
  readonly verdicts: readonly Verdict[];
  readonly ruleStates: RuleStates;
}

export interface Look {
  readonly ruleStates: RuleStates;
  /** a rule is on the other side of its threshold than when it was last looked at */
  readonly crossed: boolean;
}

const none: readonly string[] = [];
const unseen: RuleState = { count: 0, sentAt: null, episode: 1, low: false, since: null, refillSeq: 0 };

/** Decides one check at the instant `now` (ms). Evaluating again at the same instant sends nothing more. */
export function evaluate(ruleSet: RuleSet, ruleStates: RuleStates, observation: Observation, now: number): Evaluation {
  const levels = levelsOf(ruleSet, observation);
  const armed = rearmed(ruleSet, ruleStates, observation, levels);
  const heard = ruleSet.whenSeveral === 'mostSevere' ? hearings(ruleSet, observation, levels, now) : null;
  const verdicts: Verdict[] = [];
  let next: Record<string, RuleState> | null = null;
  for (let index = 0; index < ruleSet.rules.length; index++) {
    const rule = ruleSet.rules[index] as Rule;
    const level = levels[index] as Level;
    const state = armed[rule.key] ?? unseen;
    const except = heard && rule.ranked && isLow(level) ? heardFromOthers(rule, heard) : none;
    const reason = reasonOf(rule, level, state, observation, except.length, now);
    const since = isLow(level) && !observation.paused ? (state.since ?? now) : state.since;
    if (reason !== 'sent') {
      verdicts.push({ rule: rule.key, reason });
      if (since !== state.since) (next ??= { ...armed })[rule.key] = { ...state, since };
      continue;
    }
    const number = state.count + 1;
    verdicts.push({ rule: rule.key, reason, episode: state.episode, number, ...(except.length > 0 && { except }) });
    (next ??= { ...armed })[rule.key] = {
      ...state,
      count: number,
      sentAt: now,
      since,
      sending: { episode: state.episode, number, previousSentAt: state.sentAt },
    };
  }
  return { verdicts, ruleStates: next ?? armed };
}

/**
 * Looks without sending: re-arms what a refill or a better balance re-arms, and notices what crossed its threshold. A
 * rule that was never seen before cannot have crossed.
 */
export function look(ruleSet: RuleSet, ruleStates: RuleStates, observation: Observation): Look {
  const levels = levelsOf(ruleSet, observation);
  const crossed = ruleSet.rules.some((rule, index) => {
    const level = levels[index] as Level;
    const state = ruleStates[rule.key];
    return state !== undefined && level !== 'undecided' && level !== 'off' && isLow(level) !== state.low;
  });
  return { ruleStates: rearmed(ruleSet, ruleStates, observation, levels), crossed };
}

/** How a mail ended. `uncertain`: the connection broke after the data, it may have arrived. */
export type DeliveryOutcome = 'accepted' | 'uncertain' | 'failed';

/**
 * Takes the end of a delivery into the count: an accepted or uncertain mail counts, a failed one gives its number and
 * its distance back. A mail of an episode that is over changes nothing but that distance.
 */
export function settle(
  ruleStates: RuleStates,
  mail: { readonly rule: string; readonly episode: number; readonly number: number },
  outcome: DeliveryOutcome,
): RuleStates {
  const state = ruleStates[mail.rule];
  if (!state?.sending || state.sending.episode !== mail.episode || state.sending.number !== mail.number)
    return ruleStates;
  const { sending, ...rest } = state;
  if (outcome !== 'failed') return { ...ruleStates, [mail.rule]: rest };
  const count = state.episode === mail.episode ? mail.number - 1 : state.count;
  return { ...ruleStates, [mail.rule]: { ...rest, count, sentAt: sending.previousSentAt } };
}

/** Starts a rule's count over by hand: the next check may send. */
export function resetRule(ruleStates: RuleStates, key: string): RuleStates {
  const state = ruleStates[key];
  return state ? { ...ruleStates, [key]: spacingCleared(startedOver(state)) } : ruleStates;
}

/** Brings the noticed levels up to date and nothing else: after an edit, which is no change of balance. */
export function noticeLevels(ruleSet: RuleSet, ruleStates: RuleStates, observation: Observation): RuleStates {
  return withLevels(ruleSet, ruleStates, levelsOf(ruleSet, observation), observation.refillSeq);
}

/** Keeps the states of rules that still exist: an edit keeps counts by rule key. */
export function keepRules(ruleSet: RuleSet, ruleStates: RuleStates): RuleStates {
  const kept = ruleSet.rules.filter((rule) => ruleStates[rule.key]);
  if (kept.length === Object.keys(ruleStates).length) return ruleStates;
  return Object.fromEntries(kept.map((rule) => [rule.key, ruleStates[rule.key] as RuleState]));
}

/**
 * Rules that have no state yet and sent mails in an earlier life begin after the last episode of that life, so that no
 * mail bears the name of an old one.
 */
export function continueEpisodes(ruleStates: RuleStates, lastEpisodes: Readonly<Record<string, number>>): RuleStates {
  const missing = Object.entries(lastEpisodes).filter(([key]) => !ruleStates[key]);
  if (missing.length === 0) return ruleStates;
  const begun = missing.map(([key, episode]): [string, RuleState] => [key, { ...unseen, episode: episode + 1 }]);
  return { ...ruleStates, ...Object.fromEntries(begun) };
}

/** live + permanent credit limit + the temporary credit that is valid now */
export function availableOf(balance: Balance): Micros {
  return balance.live + balance.creditLimit + balance.temporaryCredit;
}

type Level = 'off' | 'low' | 'fine' | 'unlimited' | 'undecided';

function isLow(level: Level): boolean {
  return level === 'low';
}

function levelsOf(ruleSet: RuleSet, observation: Observation): Level[] {
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
        return (plain ? available < rule.limit : converted < rule.limitScaled) ? 'low' : 'fine';
      case 'atMost':
        return available <= rule.limit ? 'low' : 'fine';
      case 'debtAtLeast':
        return -balance.live >= rule.limit ? 'low' : 'fine';
      case 'debtShare':
        // A share of a limit that is not positive means nothing: the threshold is off until there is one.
        if (balance.creditLimit <= 0n) return 'off';
        return -balance.live * 100_000_000n >= balance.creditLimit * rule.limit ? 'low' : 'fine';
    }
  });
}

/**
 * States after looking, before deciding. Nothing but the noticed level changes while the client is stopped or the
 * balance unknown, so that a refill which arrives meanwhile is still owed to the next look that decides.
 */
function rearmed(
  ruleSet: RuleSet,
  ruleStates: RuleStates,
  observation: Observation,
  levels: readonly Level[],
): RuleStates {
  if (observation.paused) return withLevels(ruleSet, ruleStates, levels, observation.refillSeq);
  let next: Record<string, RuleState> | null = null;
  for (let index = 0; index < ruleSet.rules.length; index++) {
    const rule = ruleSet.rules[index] as Rule;
    const level = levels[index] as Level;
    if (level === 'off' || level === 'undecided') continue;
    const state = ruleStates[rule.key];
    const after = state
      ? rearm(rule, state, isLow(level), observation.refillSeq)
      : firstSeen(isLow(level), observation.refillSeq);
    if (after !== state) (next ??= { ...ruleStates })[rule.key] = after;
  }
  return next ?? ruleStates;
}

/** Re-arming of one rule (manual 0, Max Qty: "the counter resets when the balance is refilled"; manual 3). */
function rearm(rule: Rule, state: RuleState, low: boolean, refillSeq: number): RuleState {
  const refilled = refillSeq > state.refillSeq;
  if (!refilled && low === state.low && (low || (state.count === 0 && state.since === null))) return state;
  const seen = { ...state, low, refillSeq: Math.max(refillSeq, state.refillSeq) };
  if (!low) {
    const over = { ...startedOver(seen), since: null };
    return refilled ? spacingCleared(over) : over;
  }
  return refilled && rule.resetOn === 'refill' ? startedOver(seen) : seen;
}

/** Count zero. A count in which nothing was sent goes on as the same episode: no mail bears its name yet. */
function startedOver(state: RuleState): RuleState {
  return state.count === 0 ? state : { ...state, count: 0, episode: state.episode + 1 };
}

/** Nothing to keep a distance from, not even a mail that is still on its way. */
function spacingCleared(state: RuleState): RuleState {
  const { sending: _gone, ...rest } = state;
  return { ...rest, sentAt: null };
}

function firstSeen(low: boolean, refillSeq: number): RuleState {
  return { ...unseen, low, refillSeq };
}

function withLevels(ruleSet: RuleSet, ruleStates: RuleStates, levels: readonly Level[], refillSeq: number): RuleStates {
  let next: Record<string, RuleState> | null = null;
  for (let index = 0; index < ruleSet.rules.length; index++) {
    const rule = ruleSet.rules[index] as Rule;
    const level = levels[index] as Level;
    const state = ruleStates[rule.key];
    if (level === 'off' || level === 'undecided' || isLow(level) === state?.low) continue;
    (next ??= { ...ruleStates })[rule.key] = state
      ? { ...state, low: isLow(level) }
      : firstSeen(isLow(level), refillSeq);
  }
  return next ?? ruleStates;
}

function reasonOf(
  rule: Rule,
  level: Level,
  state: RuleState,
  observation: Observation,
  heardElsewhere: number,
  now: number,
): Reason {
  if (level === 'off') return 'off';
  if (observation.paused) return 'paused';
  if (!observation.balance) return 'balance_unknown';
  if (level === 'unlimited') return 'unlimited';
  if (level === 'undecided') return 'no_rate';
  if (level === 'fine') return 'above_threshold';
  if (!inactiveEnough(rule, observation, now)) return 'not_inactive';
  if (rule.recipients.length === 0) return 'no_recipients';
  if (heardElsewhere === rule.recipients.length) return 'superseded';
  if (silencedUntil(observation, rule.key) > now) return 'silenced';
  if (rule.maxSends !== null && state.count >= rule.maxSends) return 'max_reached';
  if (state.sentAt !== null && now - state.sentAt < rule.spacingMs) return 'period_not_elapsed';
  return 'sent';
}

/** manual 0, Inactivity: the absence of charges for whole 24-hour days */
function inactiveEnough(rule: Rule, observation: Observation, now: number): boolean {
  return rule.inactivityDays === null || now - observation.lastChargeAt >= rule.inactivityMs;
}

/** The instant in ms until which a rule is silent, 0 when it is not. */
export function silencedUntil(observation: Pick<Observation, 'silences'>, key: string): number {
  return Math.max(observation.silences[key] ?? 0, observation.silences['*'] ?? 0);
}

function heardFromOthers(rule: Rule, heard: ReadonlyMap<string, Rule>): readonly string[] {
  return rule.recipients.filter((recipient) => heard.get(recipient) !== rule);
}

/** For each recipient the one rule it hears from: the lowest threshold that is low and whose inactivity holds. */
function hearings(
  ruleSet: RuleSet,
  observation: Observation,
  levels: readonly Level[],
  now: number,
): Map<string, Rule> {
  const heard = new Map<string, Rule>();
  ruleSet.rules.forEach((rule, index) => {
    if (!rule.ranked || levels[index] !== 'low' || !inactiveEnough(rule, observation, now)) return;
    for (const recipient of rule.recipients) {
      const other = heard.get(recipient);
      if (!other || rule.limit < other.limit) heard.set(recipient, rule);
    }
  });
  return heard;
}
