import type { RuleIdentity } from '../domain/monitoring/rule-identity.js';
import { ruleDefinitions, type ClientRules, type ProfileRules } from '../domain/monitoring/rules.js';
import { amountText } from './amount-variables.js';

/** Thresholds as templates write them. */

interface Terms {
  readonly profile: (ProfileRules & { readonly currency: string }) | null;
  readonly client: ClientRules;
}

/** A threshold of the client itself, in its currency; null: it does not have this rule. */
export function ownThresholdOf({ key, source }: RuleIdentity, { client }: Terms): string | null {
  if (source !== 'own') return null;
  const threshold = ruleDefinitions(null, client).find((rule) => rule.key === key)?.threshold;
  return threshold?.kind === 'belowOwn' ? amountText(threshold.value, client.currency) : null;
}

/** A threshold of the profile, in its currency; empty: it is off, or there is none. */
export function profileThresholdOf({ key }: RuleIdentity, { profile }: Terms): string {
  return profile ? amountText(profile.rules.find((one) => one.key === key)?.threshold ?? null, profile.currency) : '';
}
