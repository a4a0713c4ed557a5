import { isDecision, type Verdict } from '../evaluate.js';
import { adminOwnRule } from '../rule-identity.js';
import type { RuleStates } from '../rule-state.js';
import type { RuleDefinition } from '../rule-definition.js';
import type { CapacityDecision } from './capacity.js';

/**
 * What the rules of an evaluation did besides emails. It is recorded with the state and written in the transaction that
 * writes it, so that neither is ever there without the other. Amounts are in the client's currency.
 */
export type RuleEffect =
  /** an event says that the client is low */
  | { readonly kind: 'clientLow'; readonly available: string; readonly threshold: string }
  /** the client is no longer low, or is no longer monitored: the event ends */
  | { readonly kind: 'clientRecovered' }
  /** the card must be charged: the number of this decision within its episode; `threshold` null: in another currency */
  | {
      readonly kind: 'charge';
      readonly episode: number;
      readonly number: number;
      readonly available: string;
      readonly threshold: string | null;
    }
  /** the capacity is another one */
  | { readonly kind: 'capacity'; readonly decision: CapacityDecision };

interface Evaluated {
  readonly rules: RuleStates;
  readonly capacity: CapacityDecision | null;
}

/** In the order in which they must be written. */
export function effectsOf(
  before: Evaluated,
  after: Evaluated & { readonly verdicts: readonly Verdict[] },
  definitions: readonly RuleDefinition[],
  available: string | null,
): RuleEffect[] {
  const { capacity } = after;
  return [
    ...(hasRecovered(before.rules, after.rules) ? [{ kind: 'clientRecovered' } as const] : []),
    ...after.verdicts.flatMap((verdict) => actionOf(verdict, definitions, available)),
    ...(capacity === before.capacity || capacity === null ? [] : [{ kind: 'capacity', decision: capacity } as const]),
  ];
}

/** True when the rule that says that a client is low was low, and is not any more or is gone. */
export function hasRecovered(before: RuleStates, after: RuleStates): boolean {
  const isLow = (states: RuleStates): boolean => (states[adminOwnRule.key]?.lowSince ?? null) !== null;
  return before !== after && isLow(before) && !isLow(after);
}

/** What a decision that is no notification does. */
function actionOf(verdict: Verdict, definitions: readonly RuleDefinition[], available: string | null): RuleEffect[] {
  if (!isDecision(verdict)) return [];
  const rule = definitions.find(({ key }) => key === verdict.rule);
  const own = rule?.threshold?.kind === 'belowOwn' ? rule.threshold.value : null;
  if (rule?.action === 'event' && own !== null) {
    return [{ kind: 'clientLow', available: available ?? '', threshold: own }];
  }
  if (rule?.action !== 'autopay') return [];
  const { episode = 1, number = 1 } = verdict;
  return [{ kind: 'charge', episode, number, available: available ?? '0.00', threshold: own }];
}
