import { formatMoney, rateUnit, unconvertUp, type Micros } from '../money.js';
import { availableOf, creditOf, type Balance } from '../ledger/balance.js';
import { inactiveFrom, lowLimit, ruleLevels, type Level, type Observation } from './evaluate.js';
import type { RuleState, RuleStates } from './rule-state.js';
import type { Rule, RuleSet } from './rules.js';
import { noWakeBounds, type WakeBounds } from './state.js';

/**
 * The live balances at which the ledger signals the monitor: those at which a rule changes sides, or at which the
 * available balance reaches zero. Charges between them cannot change a verdict and cost nothing.
 *
 * While a rule with inactivity days is low and its inactivity holds, any charge ends that, and with `mostSevere` it
 * changes who is notified: any charge signals. Once it did, the rule is not inactive, and charges cost nothing again.
 */
export function wakeBoundsOf(
  ruleSet: RuleSet,
  ruleStates: RuleStates,
  observation: Observation,
  at: number,
): WakeBounds {
  const { balance, rate } = observation;
  if (!balance || observation.unlimited || observation.paused) return noWakeBounds;
  // The first live balance at which something is low that is not low now, and the first at which it is no longer low.
  let below: Micros | null = null;
  let above: Micros | null = null;
  const take = (highestLow: Micros, isLow: boolean): void => {
    if (!isLow) below = below === null || highestLow > below ? highestLow : below;
    else above = above === null || highestLow + 1n < above ? highestLow + 1n : above;
  };
  const levels = ruleLevels(ruleSet, observation, ruleStates);
  ruleSet.rules.forEach((rule, index) => {
    const level = levels[index];
    const highestLow =
      level === 'low' || level === 'above' ? highestLowLive(rule, ruleStates[rule.key], balance, rate) : null;
    if (highestLow !== null) take(highestLow, level === 'low');
  });
  take(-creditOf(balance), availableOf(balance) <= 0n);
  if (isInactivityAtStake(ruleSet, observation, levels, at)) below = balance.live - 1n;
  return { below: below === null ? null : formatMoney(below), above: above === null ? null : formatMoney(above) };
}

function isInactivityAtStake(
  ruleSet: RuleSet,
  observation: Observation,
  levels: readonly Level[],
  at: number,
): boolean {
  return ruleSet.rules.some(
    (rule, index) => rule.inactivityDays !== null && levels[index] === 'low' && inactiveFrom(rule, observation) <= at,
  );
}

/** The highest live balance at which the rule is low; null: it has none now. */
function highestLowLive(
  rule: Rule,
  state: RuleState | undefined,
  balance: Balance,
  rate: bigint | null,
): Micros | null {
  const { threshold, limit } = rule;
  if (!threshold) return null;
  const credit = creditOf(balance);
  switch (threshold.kind) {
    case 'below':
      if (rate === null) return null;
      return (rate === rateUnit ? limit : unconvertUp(limit, rate)) - 1n - credit;
    case 'belowOwn':
      return lowLimit(rule, state) - 1n - credit;
    case 'atMost':
      return limit - credit;
    case 'debtAtLeast':
      return -limit;
    case 'debtShare':
      return balance.creditLimit > 0n ? -divideUp(balance.creditLimit * limit, 100_000_000n) : null;
  }
}

function divideUp(dividend: bigint, divisor: bigint): bigint {
  const quotient = dividend / divisor;
  return dividend > 0n && quotient * divisor !== dividend ? quotient + 1n : quotient;
}
