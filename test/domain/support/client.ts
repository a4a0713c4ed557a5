import { evaluate, type Observation, type Verdict } from '../../../src/domain/monitoring/evaluate.js';
import {
  applyDeliveryOutcome,
  type DeliveryOutcome,
  type EvaluationKind,
  type RuleStates,
} from '../../../src/domain/monitoring/rule-state.js';
import { clientRule, warningRule } from '../../../src/domain/monitoring/rule-identity.js';
import { parseMoney, rateUnit } from '../../../src/domain/money.js';
import type { RuleDefinition } from '../../../src/domain/monitoring/rule-definition.js';
import { compileRules, type MultiRulePolicy, type RuleSet } from '../../../src/domain/monitoring/rules.js';

/** Short ways to write rules and observations. */

export const minuteMs = 60_000;
export const hourMs = 3_600_000;
export const dayMs = 24 * hourMs;
export const startMs = Date.parse('2026-03-01T00:00:00Z');

/** A profile rule: low below 50.00, at most 3 notifications, a day apart, sent at checks. */
export function rule(changes: Partial<RuleDefinition> = {}): RuleDefinition {
  return {
    ...clientRule,
    action: 'notify',
    trigger: 'period',
    threshold: { kind: 'below', value: '50.00' },
    inactivityDays: null,
    maxNotifications: 3,
    periodMs: dayMs,
    resetOn: 'refill',
    recipients: ['billing'],
    ranked: true,
    ...changes,
  };
}

/** A client's own threshold: once per episode, as soon as it may. */
export function warning(value: string, changes: Partial<RuleDefinition> = {}): RuleDefinition {
  return rule({
    ...warningRule(value),
    trigger: 'change',
    threshold: { kind: 'atMost', value },
    maxNotifications: 1,
    periodMs: 0,
    resetOn: 'recovery',
    ranked: false,
    ...changes,
  });
}

export function rules(definitions: readonly RuleDefinition[], whenSeveral: MultiRulePolicy = 'each'): RuleSet {
  return compileRules(definitions, whenSeveral);
}

/** An active client of the profile's currency with this live balance, no credit, no refill so far. */
export function client(
  live: string,
  changes: Partial<Observation> & { credit?: string; temporary?: string } = {},
): Observation {
  const { credit = '0', temporary = '0', ...observed } = changes;
  return {
    balance: { live: parseMoney(live), creditLimit: parseMoney(credit), temporaryCredit: parseMoney(temporary) },
    rate: rateUnit,
    refillSeq: 0,
    lastChargeAt: startMs,
    unlimited: false,
    paused: false,
    silences: {},
    ...observed,
  };
}

/** `client: sent 1`, `user: above_threshold` */
export function describeVerdicts(verdicts: readonly Verdict[]): string[] {
  return verdicts.map(({ rule: key, reason, number, except }) =>
    [`${key}: ${reason}`, number, except && `without ${except.join(' ')}`]
      .filter((part) => part !== undefined)
      .join(' '),
  );
}

/** Evaluates rules one time after another; every notification is accepted unless a test says otherwise. */
export class Evaluations {
  ruleStates: RuleStates = {};

  constructor(public ruleSet: RuleSet) {}

  /** The verdicts as text at `minutes` after the start. */
  at(
    minutes: number,
    observation: Observation,
    kind: EvaluationKind = 'check',
    outcome: DeliveryOutcome | 'pending' = 'accepted',
  ): string {
    const { verdicts, ruleStates } = evaluate(
      this.ruleSet,
      this.ruleStates,
      observation,
      startMs + minutes * minuteMs,
      kind,
    );
    this.ruleStates = ruleStates;
    if (outcome !== 'pending') this.end(outcome);
    return describeVerdicts(verdicts).join(', ');
  }

  /** Ends every pending notification. */
  end(outcome: DeliveryOutcome): void {
    for (const [key, { pending }] of Object.entries(this.ruleStates)) {
      if (pending) this.ruleStates = applyDeliveryOutcome(this.ruleStates, { rule: key, ...pending }, outcome);
    }
  }
}
