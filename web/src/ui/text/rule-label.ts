import type { components } from '../../api/schema';
import { intlLocale } from '../../i18n/language';
import { t } from '../../i18n/t';
import { amountText } from './money-text';

export type RuleAudience = components['schemas']['Rule']['audience'];

const all: Readonly<Record<RuleAudience, true>> = { user: true, client: true, advanced: true, warning: true };
export const ruleAudiences = Object.keys(all) as readonly RuleAudience[];

/** `Client notification`, `Advanced rule`: without what tells rules of one audience apart. */
export const ruleAudienceLabel = (audience: RuleAudience): string => t(`notifications.rule.${audience}`);

/**
 * The only place of the page that takes the key of a rule apart: notifications, checks, and silences name rules that may
 * be gone, of which nothing but the key is left.
 */
export function identifyRule(key: string): { readonly audience: RuleAudience; readonly name: string } {
  const [word, ...rest] = key.split(':');
  return { audience: ruleAudiences.find((one) => one === word) ?? 'advanced', name: rest.join(':') || key };
}

/** The label of a rule by its key: `Client notification`, `Advanced rule “urgent”`, `Warning at 950.00`. */
export function ruleName(key: string): string {
  const { audience, name } = identifyRule(key);
  return t(`client.rule.${audience}`, audience === 'warning' ? { value: amountText(name, intlLocale()) } : { name });
}

/** The same within a sentence: `the client notification threshold`. */
export function rulePhrase(key: string): string {
  const { audience, name } = identifyRule(key);
  return t(`client.rule.${audience}.inSentence`, { name });
}
