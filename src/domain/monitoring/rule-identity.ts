import type { RuleNotificationKind } from '../mail-kinds.js';

/** Where a rule comes from: the profile of its client, or the client's own warning thresholds. */
export const ruleSources = ['profile', 'warning'] as const;
export type RuleSource = (typeof ruleSources)[number];

/** Which rule of its source it is, as lists, metrics, and templates group rules. */
export const ruleAudiences = ['user', 'client', 'advanced', 'warning'] as const;
type RuleAudience = (typeof ruleAudiences)[number];

/** Identifies a rule among the rules of its client. Readers use the other fields and never take `key` apart. */
export interface RuleIdentity {
  /** under which counters, silences, and notifications are stored */
  readonly key: string;
  readonly source: RuleSource;
  readonly audience: RuleAudience;
  /** the key of an advanced rule, the value of a warning threshold; null: the audience has one rule only */
  readonly name: string | null;
}

/** What the rules of a source notify with. */
export const notificationKindOf: Readonly<Record<RuleSource, RuleNotificationKind>> = {
  profile: 'low_balance',
  warning: 'low_funds_warning',
};

export const userRule: RuleIdentity = { key: 'user', source: 'profile', audience: 'user', name: null };
export const clientRule: RuleIdentity = { key: 'client', source: 'profile', audience: 'client', name: null };

const advancedPrefix = 'advanced:';
const warningPrefix = 'warning:';

export function advancedRule(name: string): RuleIdentity {
  return { key: advancedPrefix + name, source: 'profile', audience: 'advanced', name };
}

/** @param value in canonical form, so that two spellings of one threshold are one rule */
export function warningRule(value: string): RuleIdentity {
  return { key: warningPrefix + value, source: 'warning', audience: 'warning', name: value };
}

/**
 * Returns the identity behind a stored key, whose rule may be gone. The only place that takes keys apart.
 *
 * @throws RangeError for a text that is no rule's key
 */
export function identifyRule(key: string): RuleIdentity {
  if (key === userRule.key) return userRule;
  if (key === clientRule.key) return clientRule;
  if (key.startsWith(advancedPrefix)) return advancedRule(key.slice(advancedPrefix.length));
  if (key.startsWith(warningPrefix)) return warningRule(key.slice(warningPrefix.length));
  throw new RangeError(`"${key}" is no key of a rule`);
}
