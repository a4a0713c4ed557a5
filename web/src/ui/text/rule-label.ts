import { ruleAudiences as audiences, ruleSources } from '../../api/kinds';
import type { components } from '../../api/schema';
import { intlLocale } from '../../i18n/language';
import { t } from '../../i18n/t';
import { amountText } from './money-text';

type RuleSource = components['schemas']['Rule']['source'];
export type RuleAction = components['schemas']['Rule']['action'];
export type RuleAudience = components['schemas']['Rule']['audience'];

export const ruleAudiences = Object.keys(audiences) as readonly RuleAudience[];

/** `Client notification`, `Advanced rule`: without what distinguishes rules of one audience. */
export const ruleAudienceLabel = (audience: RuleAudience): string => t(`client.rule.${audience}.any`);

/** Reached at its threshold already, as warning thresholds are; the others are low below it. */
export const isLowAtThreshold = (source: RuleSource): boolean => ruleSources[source].lowAt === 'atMost';

/**
 * The only place of the page that takes the key of a rule apart: notifications, checks, and silences name rules that
 * may be gone, of which nothing but the key is left.
 */
export function identifyRule(key: string): {
  readonly audience: RuleAudience;
  readonly source: RuleSource;
  readonly name: string;
} {
  const [word, ...rest] = key.split(':');
  const audience = ruleAudiences.find((one) => one === word) ?? 'advanced';
  return { audience, source: audiences[audience].source, name: rest.join(':') || key };
}

/** What a rule does when it may act, by its key. */
export const ruleAction = (key: string): RuleAction => audiences[identifyRule(key).audience].action;

/** The label of a rule by its key: `Client notification`, `Advanced rule “urgent”`, `Warning at 950.00`. */
export function ruleName(key: string): string {
  const { audience, name } = identifyRule(key);
  const isValue = audiences[audience].nameMeans === 'value';
  return t(`client.rule.${audience}`, isValue ? { value: amountText(name, null, intlLocale()) } : { name });
}

/** The same within a sentence: `the client notification threshold`. */
export function rulePhrase(key: string): string {
  const { audience, name } = identifyRule(key);
  return t(`client.rule.${audience}.inSentence`, { name });
}
