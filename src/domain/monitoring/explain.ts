import type { ClientState } from './client-state.js';
import { compiledRules } from './compiled-rules.js';
import { evaluate, inactiveFrom, silencedUntil, type Observation, type Reason } from './evaluate.js';
import { currentObservation } from './observation.js';
import type { RuleDefinition, Trigger } from './rule-definition.js';
import type { Rule } from './rules.js';
import { isExhausted, periodEnd, waitEnd, type RuleState } from './rule-state.js';
import { canAct } from './next-wake.js';
import { nextCheckAt, type Schedule } from './schedule.js';
import type { GrantTimes, MonitorState } from './state.js';

/** What a monitor knows, without an evaluation. */
export interface MonitorSummary {
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
  readonly rules: readonly RuleSummary[];
  readonly run: { readonly checks: number; readonly runs: number; readonly deliveries: number };
}

interface RuleSummary {
  readonly key: string;
  readonly trigger: Trigger;
  readonly threshold: RuleDefinition['threshold'];
  readonly maxNotifications: number | null;
  /** result of the last evaluation; null before the first */
  readonly lastReason: Reason | null;
  readonly state: RuleState | null;
  /** the earliest instant at which the rule can send while the balance stays as it is; null: not before it is reset */
  readonly nextPossibleAt: number | null;
}

/** What a monitor itself knows; the API adds what needs the database (recipients, names). */
export interface Explanation extends MonitorSummary {
  readonly rules: readonly RuleExplanation[];
}

export interface RuleExplanation extends RuleSummary {
  /** what a check now would find; null before the first observation */
  readonly reasonNow: Reason | null;
}

type RunFigures = { readonly checks: number; readonly deliveries: number };

/** Explains a monitor at `now` from what it last observed. */
export function explainState(state: MonitorState, run: RunFigures, now: number): Explanation {
  const summary = summarizeState(state, run, now);
  const observation = currentObservation(state);
  const wouldBe =
    state.config && observation
      ? evaluate(compiledRules(state.config), state.rules, observation, now, 'check').verdicts
      : [];
  const rules = summary.rules.map((rule, index) => ({ ...rule, reasonNow: wouldBe[index]?.reason ?? null }));
  return { ...summary, rules };
}

/** The cheap part of an explanation: a monitor makes one before each sleep, also in a replay. */
export function summarizeState(state: MonitorState, run: RunFigures, now: number): MonitorSummary {
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
    rules: summarizeRules(state, now),
    run: { ...run, runs: state.runs },
  };
}

function summarizeRules(state: MonitorState, now: number): RuleSummary[] {
  if (!state.config) return [];
  const observation = currentObservation(state);
  return compiledRules(state.config).rules.map((rule) => ({
    key: rule.key,
    trigger: rule.trigger,
    threshold: rule.threshold,
    maxNotifications: rule.maxNotifications,
    lastReason: state.verdicts.find((verdict) => verdict.rule === rule.key)?.reason ?? null,
    state: state.rules[rule.key] ?? null,
    nextPossibleAt: observation ? nextPossibleAt(rule, state, observation, now) : null,
  }));
}

function nextPossibleAt(rule: Rule, state: MonitorState, observation: Observation, now: number): number | null {
  const ruleState = state.rules[rule.key];
  if (!rule.threshold || !canAct(rule) || cannotDecide(rule, observation)) return null;
  if (ruleState && isExhausted(rule, ruleState)) return null;
  // A more severe rule covers all its recipients for as long as the balance stays as it is.
  if (state.verdicts.some((verdict) => verdict.rule === rule.key && verdict.reason === 'superseded')) return null;
  const allowedAt = Math.max(now, ruleState ? periodEnd(rule, ruleState) : 0, inactiveFrom(rule, observation));
  const at =
    rule.action === 'autopay' ? allowedAt : Math.max(allowedAt, silencedUntil(observation, rule.key, allowedAt));
  const checkAt = checkAtOrAfter(state.schedule, at);
  if (rule.trigger === 'period') return checkAt;
  // After a failed notification the rule waits for a check, at most until its wait ends.
  return ruleState?.failedAt === undefined ? at : Math.min(Math.max(at, waitEnd(ruleState)), checkAt);
}

/** Nothing can be sent until a person, the balance source, or an exchange rate changes that. */
function cannotDecide({ threshold }: Rule, { paused, balance, unlimited, rate }: Observation): boolean {
  return paused || balance === null || unlimited || (threshold?.kind === 'below' && rate === null);
}

function checkAtOrAfter(schedule: Schedule, at: number): number {
  const next = nextCheckAt(schedule);
  if (next >= at) return next;
  const { isFirst, lastSlotAt, spreadMs, intervalMs } = schedule;
  // The first check has no spread; those after it have.
  const slot = isFirst ? lastSlotAt + spreadMs : next;
  return slot + Math.max(1, Math.ceil((at - slot) / intervalMs)) * intervalMs;
}
