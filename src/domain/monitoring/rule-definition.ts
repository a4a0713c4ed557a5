import type { RuleAction, RuleIdentity } from './rule-identity.js';

/**
 * When a rule may send. `period`: only at scheduled and manual checks. `change`: as soon as counter and period allow.
 */
export const triggers = ['period', 'change'] as const;
export type Trigger = (typeof triggers)[number];

/**
 * Whether a refill that leaves a rule low resets its counter: `refill`: yes. `recovery`: only a rule that is no longer
 * low resets.
 */
export const resetPolicies = ['refill', 'recovery'] as const;
export type ResetPolicy = (typeof resetPolicies)[number];

/**
 * A threshold in plain values that can be stored and sent.
 *
 * - `below`: low while the available balance, in the profile's currency, is strictly lower than `value`.
 * - `belowOwn`: low while the available balance, in the client's currency, is strictly lower than `value`; a rule with
 *   `restoreAt` that is low stays low until the balance is `restoreAt` or higher.
 * - `atMost`: reached while the available balance, in the client's currency, is `value` or lower (prepaid warning).
 * - `debtAtLeast`: reached while the debt is `value` or higher (postpaid warning).
 * - `debtShare`: reached while the debt is `percent` of a positive permanent credit limit, or higher; off without one.
 */
export type Threshold =
  | { readonly kind: 'below'; readonly value: string }
  | { readonly kind: 'belowOwn'; readonly value: string; readonly restoreAt?: string }
  | { readonly kind: 'atMost'; readonly value: string }
  | { readonly kind: 'debtAtLeast'; readonly value: string }
  | { readonly kind: 'debtShare'; readonly percent: string };

/**
 * What `evaluate` decides by, in plain values. `recipients` are opaque: two rules share a recipient exactly when the strings are
 * equal.
 */
export interface RuleTerms {
  /** under which its state is stored */
  readonly key: string;
  readonly action: RuleAction;
  readonly trigger: Trigger;
  /** null: the rule is off */
  readonly threshold: Threshold | null;
  /** days without a charge before the rule sends; null: charges do not matter */
  readonly inactivityDays: number | null;
  /** notifications until the counter is reset (Max qty); null: no limit */
  readonly maxNotifications: number | null;
  /** minimum time between two notifications; 0: none beyond the hour that holds for every rule */
  readonly periodMs: number;
  readonly resetOn: ResetPolicy;
  readonly recipients: readonly string[];
  /** takes part in `mostSevere` */
  readonly ranked: boolean;
  /** of the action `capacity`: the capacity that applies while the rule is low */
  readonly capacity?: number;
}

/** One rule of a client. */
export type RuleDefinition = RuleIdentity & RuleTerms;
