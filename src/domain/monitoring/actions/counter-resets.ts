import { moneyOf } from '../../money.js';
import type { CounterReset, ResetCause, RuleStates } from '../rule-state.js';
import type { MonitorState, ObservedClient } from '../state.js';

/**
 * The counters that an evaluation set to 0, in the order of the rules.
 *
 * @param before the monitor before the observation
 * @param counted the counters that the evaluation began with: requests of people are applied already
 * @param after the counters that it left
 */
export function counterResets(
  before: Pick<MonitorState, 'observed' | 'config'>,
  current: Pick<MonitorState, 'observed' | 'config'>,
  counted: RuleStates,
  after: RuleStates,
): CounterReset[] {
  if (counted === after) return [];
  return Object.entries(after).flatMap(([rule, state]): CounterReset[] => {
    const known = counted[rule];
    if (!known || state.episode <= known.episode) return [];
    const reset = { rule, count: known.count };
    return state.refillSeq > known.refillSeq
      ? [{ ...reset, cause: 'payment', refill: state.refillSeq }]
      : [{ ...reset, cause: causeOf(before, current) }];
  });
}

function causeOf(
  before: Pick<MonitorState, 'observed' | 'config'>,
  current: Pick<MonitorState, 'observed' | 'config'>,
): ResetCause {
  const [was, is] = [before.observed, current.observed];
  if (was && is) {
    if (was.live !== undefined && is.live !== undefined && moneyOf(is.live) > moneyOf(was.live)) return 'balance';
    if (creditText(was) !== creditText(is)) return 'credit';
    if (was.rate !== is.rate) return 'rate';
  }
  return before.config?.version === current.config?.version ? 'balance' : 'edit';
}

function creditText({ credit = '0', temporary = '0' }: ObservedClient): string {
  return `${credit} ${temporary}`;
}
