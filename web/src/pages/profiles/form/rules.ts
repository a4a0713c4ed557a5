import { t } from '../../../i18n/t';
import { compareAmounts } from '../../../ui/text/money-text';
import { identifyRule } from '../../../ui/text/rule-label';
import type { AdvancedRuleValues, ProfileValues } from './profile-values';

/** A rule that has a threshold, in one shape for all three kinds. */
export interface EnabledRule {
  readonly key: string;
  readonly threshold: string;
  readonly role: 'owner' | 'billing' | null;
  readonly users: number;
  readonly emails: number;
  readonly channels: number;
  readonly inactivityDays: number | null;
}

/** The keys of advanced rules as they will be saved: who has none gets the first `rule-<n>` that is free. */
export function keysOf(rules: readonly AdvancedRuleValues[]): string[] {
  const taken = new Set(rules.map(({ key }) => key));
  return rules.map(({ key }) => {
    if (key !== '') return key;
    let number = 1;
    while (taken.has(`rule-${number}`)) number++;
    taken.add(`rule-${number}`);
    return `rule-${number}`;
  });
}

const amount = /^-?\d{1,12}(\.\d{1,6})?$/;

/** The rules that are on, as far as what is typed can be read. */
export function enabledRules({ userRule, clientRule, advancedRules }: ProfileValues): EnabledRule[] {
  const keys = keysOf(advancedRules);
  const rules: EnabledRule[] = [
    {
      key: 'user',
      threshold: userRule.threshold,
      role: userRule.notifyOwner ? 'owner' : null,
      users: userRule.users.length,
      emails: userRule.emails.length,
      channels: userRule.channels.length,
      inactivityDays: null,
    },
    { ...clientBase(clientRule), key: 'client', inactivityDays: null },
    ...advancedRules.map((rule, index) => ({
      ...clientBase(rule),
      key: `advanced:${keys[index] ?? ''}`,
      inactivityDays: typeof rule.inactivityDays === 'number' ? rule.inactivityDays : null,
    })),
  ];
  return rules.filter(({ threshold }) => amount.test(threshold));
}

function clientBase(rule: Omit<AdvancedRuleValues, 'key' | 'inactivityDays'>) {
  const role = rule.notifyClient ? ('billing' as const) : null;
  const { threshold, emails, channels } = rule;
  return { threshold, role, users: 0, emails: emails.length, channels: channels.length };
}

export const hasNoRecipients = (rule: EnabledRule): boolean =>
  rule.role === null && rule.users + rule.emails + rule.channels === 0;

/** What a rule is called, by the key under which the service counts its emails. */
export function ruleText(key: string): string {
  const { audience, name } = identifyRule(key);
  if (audience === 'user' || audience === 'client') return t(`profiles.rule.${audience}`);
  return t('profiles.rule.advanced', { key: name });
}

/** As the balance falls: the highest threshold first. */
export function byDescendingThreshold(rules: readonly EnabledRule[]): EnabledRule[] {
  return [...rules].sort((left, right) => compareAmounts(right.threshold, left.threshold));
}

/** What is accepted and is probably a mistake. */
export function warningsOf(rules: readonly EnabledRule[]): string[] {
  const client = rules.find(({ key }) => key === 'client');
  const user = rules.find(({ key }) => key === 'user');
  const isClientFirst = client && user && compareAmounts(client.threshold, user.threshold) > 0;
  const ofRules = rules.flatMap((rule, index) => {
    const name = ruleText(rule.key);
    const warnings: string[] = [];
    if (hasNoRecipients(rule)) warnings.push(t('profiles.warn.noRecipients', { rule: name }));
    if (client && rule.inactivityDays !== null && compareAmounts(rule.threshold, client.threshold) > 0) {
      warnings.push(t('profiles.warn.inactivity', { rule: name }));
    }
    const duplicate = rules.slice(0, index).find((other) => isDuplicate(other, rule));
    if (duplicate) warnings.push(t('profiles.warn.duplicate', { rule: name, other: ruleText(duplicate.key) }));
    return warnings;
  });
  return isClientFirst ? [t('profiles.warn.clientFirst'), ...ofRules] : ofRules;
}

/** Both notify the same contact at the same moment. */
function isDuplicate(one: EnabledRule, other: EnabledRule): boolean {
  return (
    one.role !== null &&
    one.role === other.role &&
    one.inactivityDays === other.inactivityDays &&
    compareAmounts(one.threshold, other.threshold) === 0
  );
}
