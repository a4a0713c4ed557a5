import type { Balance, Observation, RuleStates } from './evaluate.js';
import { moneyOf, rateUnit, unconvertDown, unconvertUp, type Micros } from './money.js';
import type { Rule, RuleSet } from './rules.js';

/**
 * Between which live balances nothing that concerns the monitor can happen. A charge or an adjustment pokes the
 * monitor only when the live balance reaches one of the bounds, so that a thousand charges a second wake nobody
 * without need. A bound may wake once too often (at exact equality), never once too seldom.
 */
export interface WakeBounds {
  /** wake when live is this or lower */
  readonly below: Micros | null;
  /** wake when live is this or higher */
  readonly above: Micros | null;
}

export const neverWake: WakeBounds = { below: null, above: null };

/**
 * `noticeFalls`: whether falling below a threshold matters before the next check (`trigger: change`); rising above
 * one always does, for it re-arms.
 */
export function wakeBounds(
  ruleSet: RuleSet,
  ruleStates: RuleStates,
  observation: Observation,
  noticeFalls: boolean,
): WakeBounds {
  const { balance, rate } = observation;
  if (!balance || observation.unlimited) return neverWake;
  let below: Micros | null = null;
  let above: Micros | null = null;
  for (const rule of ruleSet.rules) {
    const low = ruleStates[rule.key]?.low ?? false;
    const edge = liveEdge(rule, balance, rate, low);
    if (edge === null) continue;
    if (low) {
      if (above === null || edge < above) above = edge;
    } else if (noticeFalls && (below === null || edge > below)) {
      below = edge;
    }
  }
  return { below, above };
}

/** The live balance at which the rule changes sides, rounded towards waking early; null: it has none now. */
function liveEdge(rule: Rule, balance: Balance, rate: bigint | null, low: boolean): Micros | null {
  const { threshold, limit } = rule;
  if (!threshold) return null;
  const credit = balance.creditLimit + balance.temporaryCredit;
  switch (threshold.kind) {
    case 'below':
      if (rate === null) return null;
      if (rate === rateUnit) return limit - credit;
      return (low ? unconvertDown(limit, rate) : unconvertUp(limit, rate)) - credit;
    case 'atMost':
      return limit - credit;
    case 'debtAtLeast':
      return -moneyOf(threshold.value);
    case 'debtShare':
      return balance.creditLimit > 0n ? -(balance.creditLimit * limit) / 100_000_000n : null;
  }
}
