import { hourMs } from '../../durations.js';
import { autoPaymentThreshold } from '../../payments/auto-payment-threshold.js';
import { autopayRule, clientRule } from '../rule-identity.js';
import type { RuleDefinition } from '../rule-definition.js';

/** Automatic payments of a client that has a card and whose payments are not frozen (docs/concepts.md#auto-payment). */
export interface AutoPaymentTerms {
  /** in the client's currency; null: its low balance threshold, else that of its profile's client notification */
  readonly ownThreshold: string | null;
  /** a client that is still low is charged again after an hour */
  readonly repeatWhileLow: boolean;
}

/** Rules of a profile, as far as their thresholds matter. */
type Thresholds = readonly { readonly key: string; readonly threshold: string | null }[];

/**
 * Charges once per episode, as soon as it may; an episode ends only when the rule is found not low. No threshold: no rule.
 *
 * @param terms null: nothing is charged
 */
export function autoPaymentRules(
  terms: AutoPaymentTerms | null,
  lowBalanceThreshold: string | null,
  profileRules: Thresholds,
): RuleDefinition[] {
  if (!terms) return [];
  const profileThreshold = profileRules.find(({ key }) => key === clientRule.key)?.threshold ?? null;
  const threshold = autoPaymentThreshold({ ownThreshold: terms.ownThreshold, lowBalanceThreshold, profileThreshold });
  if (!threshold) return [];
  return [
    {
      ...autopayRule,
      action: 'autopay',
      trigger: 'change',
      threshold: { kind: threshold.in === 'client' ? 'belowOwn' : 'below', value: threshold.value },
      inactivityDays: null,
      maxNotifications: terms.repeatWhileLow ? null : 1,
      periodMs: terms.repeatWhileLow ? hourMs : 0,
      resetOn: 'recovery',
      recipients: [],
      ranked: false,
    },
  ];
}
