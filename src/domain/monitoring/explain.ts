import type { ClientState } from './client-state.js';
import { compiledRules } from './compiled-rules.js';
import {
  evaluate,
  inactiveFrom,
  periodEnd,
  silencedUntil,
  waitEnd,
  type Observation,
  type Reason,
} from './evaluate.js';
import type { Rule, RuleDefinition, Trigger } from './rules.js';
import type { RuleState } from './rule-state.js';
import { nextCheckAt, type Schedule } from './schedule.js';
import { currentObservation, type GrantTimes, type MonitorState } from './state.js';

/** What a monitor itself knows; the API adds what needs the database (recipients, names). */
export interface Explanation {
  readonly clientId: string;
  /** this run has not read its configuration yet: rules, credit, and interval are not known to it */
  readonly starting?: true;
  readonly state: ClientState;
  readonly at: number;
  readonly lastCheckAt: number | null;
  readonly nextCheckAt: number;
  /** the earliest wake other than the next check; null: none */
  readonly nextWakeAt: number | null;
  readonly intervalMs: number;
  readonly pausedBy: string | null;
  readonly silences: Readonly<Record<string, number>>;
  readonly grant: GrantTimes | null;
  readonly rules: readonly RuleExplanation[];
  readonly run: { readonly checks: number; readonly runs: number; readonly deliveries: number };
}

export interface RuleExplanation {
  readonly key: string;
  readonly trigger: Trigger;
  readonly threshold: RuleDefinition['threshold'];
  readonly maxNotifications: number | null;
  /** result of the last evaluation; null before the first */
  readonly lastReason: Reason | null;
  readonly state: RuleState | null;
  /** the earliest instant at which the rule can send while the balance stays as it is; null: not before it is reset */
  readonly nextPossibleAt: number | null;
  /** what a check now would find; null before the first observation */
  readonly reasonNow: Reason | null;
}

/** Explains a monitor at `now` from what it last observed. */
export function explainState(
  state: MonitorState,
  run: { readonly checks: number; readonly deliveries: number },
  now: number,
): Explanation {
  return {
    clientId: state.clientId,
    ...(state.config === null && { starting: true as const }),
    state: state.clientState,
    at: now,
    lastCheckAt: state.lastCheckAt,
    nextCheckAt: nextCheckAt(state.schedule),
    nextWakeAt: state.nextWakeAt,
    intervalMs: state.schedule.intervalMs,
    pausedBy: state.pausedBy,
    silences: state.silences,
    grant: state.grant,
    rules: explainRules(state, now),
    run: { ...run, runs: state.runs },
  };
}

function explainRules(state: MonitorState, now: number): RuleExplanation[] {
  if (!state.config) return [];
  const ruleSet = compiledRules(state.config);
  const observation = currentObservation(state);
  const wouldBe = observation ? evaluate(ruleSet, state.rules, observation, now, 'check').verdicts : [];
  return ruleSet.rules.map((rule, index) => ({
    key: rule.key,
    trigger: rule.trigger,
    threshold: rule.threshold,
    maxNotifications: rule.maxNotifications,
    lastReason: state.verdicts.find((verdict) => verdict.rule === rule.key)?.reason ?? null,
    state: state.rules[rule.key] ?? null,
    nextPossibleAt: observation ? nextPossibleAt(rule, state, observation, now) : null,
    reasonNow: wouldBe[index]?.reason ?? null,
  }));
}

function nextPossibleAt(rule: Rule, state: MonitorState, observation: Observation, now: number): number | null {
  const ruleState = state.rules[rule.key];
  if (!rule.threshold || rule.recipients.length === 0 || observation.unlimited) return null;
  if (ruleState && rule.maxNotifications !== null && ruleState.count >= rule.maxNotifications) return null;
  const at = Math.max(
    now,
    ruleState ? periodEnd(rule, ruleState) : 0,
    silencedUntil(observation, rule.key),
    inactiveFrom(rule, observation),
  );
  const checkAt = checkAtOrAfter(state.schedule, at);
  if (rule.trigger === 'period') return checkAt;
  // After a failed notification the rule waits for a check, at most until its wait ends.
  return ruleState?.failedAt === undefined ? at : Math.min(Math.max(at, waitEnd(ruleState)), checkAt);
}

function checkAtOrAfter(schedule: Schedule, at: number): number {
  const next = nextCheckAt(schedule);
  if (next >= at) return next;
  return next + Math.ceil((at - next) / schedule.intervalMs) * schedule.intervalMs;
}
