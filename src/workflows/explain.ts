import type { RuleExplanation } from '../contract/monitor.js';
import { evaluate, silencedUntil, type Observation, type RuleStates, type Verdict } from '../domain/evaluate.js';
import type { Rule, RuleSet } from '../domain/rules.js';

/** Why each rule did what it did at the last check, and what a check at `now` would say of what was last seen. */
export function explainRules(
  ruleSet: RuleSet,
  ruleStates: RuleStates,
  lastVerdicts: readonly Verdict[],
  observation: Observation | null,
  now: number,
): RuleExplanation[] {
  const would = observation ? evaluate(ruleSet, ruleStates, observation, now).verdicts : [];
  return ruleSet.rules.map((rule, index) => ({
    key: rule.key,
    threshold: rule.threshold,
    maxSends: rule.maxSends,
    last: lastVerdicts.find((verdict) => verdict.rule === rule.key)?.reason ?? null,
    state: ruleStates[rule.key] ?? null,
    nextPossibleAt: observation ? nextPossibleAt(rule, ruleStates, observation, now) : null,
    wouldSay: would[index]?.reason ?? null,
  }));
}

/** The earliest instant at which a check could send, should the balance stay as it is; null: not before it changes. */
function nextPossibleAt(rule: Rule, ruleStates: RuleStates, observation: Observation, now: number): number | null {
  const state = ruleStates[rule.key];
  if (!rule.threshold || rule.recipients.length === 0 || observation.unlimited) return null;
  if (state && rule.maxSends !== null && state.count >= rule.maxSends) return null;
  return Math.max(
    now,
    state?.sentAt === undefined || state.sentAt === null ? 0 : state.sentAt + rule.spacingMs,
    silencedUntil(observation, rule.key),
    rule.inactivityDays === null ? 0 : observation.lastChargeAt + rule.inactivityMs,
  );
}
