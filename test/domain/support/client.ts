import type { Observation, Verdict } from '../../../src/domain/monitoring/evaluate.js';
import { parseMoney, rateUnit } from '../../../src/domain/money.js';
import { compileRules, type RuleDefinition, type RuleSet, type MultiRulePolicy } from '../../../src/domain/monitoring/rules.js';

/** Short ways to say "a rule such as this" and "a client seen like that". */

export const hourMs = 3_600_000;
export const dayMs = 24 * hourMs;
export const startMs = Date.parse('2026-03-01T00:00:00Z');

/** A profile rule: low below 50.00, at most 3 mails, a day apart. */
export function rule(changes: Partial<RuleDefinition> = {}): RuleDefinition {
  return {
    key: 'client',
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

/** A client's own threshold: once per episode. */
export function warning(value: string, changes: Partial<RuleDefinition> = {}): RuleDefinition {
  return rule({
    key: `warning:${value}`,
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
  const { credit = '0', temporary = '0', ...seen } = changes;
  return {
    balance: { live: parseMoney(live), creditLimit: parseMoney(credit), temporaryCredit: parseMoney(temporary) },
    rate: rateUnit,
    refillSeq: 0,
    lastChargeAt: startMs,
    unlimited: false,
    paused: false,
    silences: {},
    ...seen,
  };
}

/** `client: sent 1`, `user: above_threshold` */
export function words(verdicts: readonly Verdict[]): string[] {
  return verdicts.map(({ rule: key, reason, number, except }) =>
    [`${key}: ${reason}`, number, except && `without ${except.join(' ')}`]
      .filter((part) => part !== undefined)
      .join(' '),
  );
}
