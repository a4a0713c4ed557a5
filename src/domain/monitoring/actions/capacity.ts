import type { RuleStates } from '../rule-state.js';
import { capacityRule } from '../rule-identity.js';
import type { RuleDefinition } from '../rule-definition.js';

/**
 * Why the capacity of a client became another: its balance fell `below_threshold`, or it `recovered`; or the
 * `configuration` changed (a capacity, or the rule is gone).
 */
export const capacityCauses = ['below_threshold', 'recovered', 'configuration'] as const;
export type CapacityCause = (typeof capacityCauses)[number];

/** The origination capacity of a client as the engine decided it: the whole state, never a difference. */
export interface CapacityDecision {
  /** the lower capacity applies */
  readonly applied: boolean;
  /** null: no limit */
  readonly capacity: number | null;
  /** without the rule; null: no limit */
  readonly normal: number | null;
  readonly cause: CapacityCause;
  /** ms, the evaluation that decided it */
  readonly at: number;
  /** in the client's currency; null: unknown, or the rule is gone */
  readonly available: string | null;
  readonly threshold: string | null;
  readonly restoreAt: string | null;
}

/** What of a configuration decides it. */
interface CapacityConfig {
  readonly rules: readonly RuleDefinition[];
  /** absent: no limit */
  readonly normalCapacity?: number;
}

/**
 * The capacity that follows from an evaluation: the decision before where it is the same. A rule that was never low
 * decides nothing. While the balance is unknown, or the client is stopped or paused, the rule keeps its side, and so
 * does the capacity.
 */
export function decideCapacity(
  before: CapacityDecision | null,
  config: CapacityConfig,
  ruleStates: RuleStates,
  { at, available }: { readonly at: number; readonly available: string | null },
): CapacityDecision | null {
  const rule = config.rules.find(({ action }) => action === 'capacity');
  const low = rule?.capacity;
  const state = ruleStates[capacityRule.key];
  const applied = low !== undefined && state !== undefined && state.lowSince !== null;
  const normal = config.normalCapacity ?? null;
  const capacity = applied ? Math.min(low, normal ?? low) : normal;
  if (before === null && !applied) return null;
  if (before?.applied === applied && before.capacity === capacity && before.normal === normal) return before;
  const threshold = rule?.threshold?.kind === 'belowOwn' ? rule.threshold : null;
  return {
    applied,
    capacity,
    normal,
    cause: causeOf(before?.applied ?? false, applied, rule !== undefined),
    at,
    available,
    threshold: threshold?.value ?? null,
    restoreAt: threshold?.restoreAt ?? null,
  };
}

function causeOf(wasApplied: boolean, applied: boolean, hasRule: boolean): CapacityCause {
  if (wasApplied === applied || !hasRule) return 'configuration';
  return applied ? 'below_threshold' : 'recovered';
}
