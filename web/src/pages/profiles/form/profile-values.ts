import type { components } from '../../../api/schema';
import { membersOf } from '../../../api/types';
import {
  maxLength,
  emailsError,
  firstOf,
  integerError,
  moneyError,
  required,
  type FieldError,
} from '../../../form/checks';
import { phoneError } from '../../../form/recipients/parse-phone';
import type { Pointer } from '../../../form/pointer';
import { minuteMs } from '../../../ui/durations';
import { each } from '../../../form/use-api-form';
import { t } from '../../../i18n/t';

export type Profile = components['schemas']['Profile'];
export type ProfileInput = components['schemas']['ProfileInput'];

export const triggers = membersOf<Profile['trigger']>({ period: true, change: true });
export const resetPolicies = membersOf<Profile['resetOn']>({ refill: true, recovery: true });
export const severalPolicies = membersOf<Profile['whenSeveral']>({ each: true, mostSevere: true });

/** What a field for a whole number holds: a number, nothing, or a text that is none. */
type Typed = number | string | null;

export interface AdvancedRuleValues {
  /** empty: the service gives one */
  key: string;
  threshold: string;
  notifyClient: boolean;
  inactivityDays: Typed;
  emails: string[];
  channels: Profile['clientRule']['channels'];
}

/** The profile as the form holds it: what is not set is an empty text, or null for a length of time. */
export interface ProfileValues extends Record<string, unknown> {
  name: string;
  resellerId: string;
  currency: string;
  sortOrder: number | string;
  maxNotifications: number | string;
  periodHours: Typed;
  checkEveryMinutes: Typed;
  trigger: (typeof triggers)[number];
  resetOn: (typeof resetPolicies)[number];
  whenSeveral: (typeof severalPolicies)[number];
  userRule: {
    threshold: string;
    notifyOwner: boolean;
    users: string[];
    emails: string[];
    channels: Profile['userRule']['channels'];
  };
  clientRule: {
    threshold: string;
    notifyClient: boolean;
    emails: string[];
    channels: Profile['clientRule']['channels'];
  };
  advancedRules: AdvancedRuleValues[];
  reason: string;
}

export const newAdvancedRule: AdvancedRuleValues = {
  key: '',
  threshold: '',
  notifyClient: true,
  inactivityDays: null,
  emails: [],
  channels: [],
};

/** A new profile as most are: both emailed, three times, a day apart. */
export function newValues(resellerId: string): ProfileValues {
  return {
    name: '',
    resellerId,
    currency: 'USD',
    sortOrder: 100,
    maxNotifications: 3,
    periodHours: 24,
    checkEveryMinutes: null,
    trigger: 'period',
    resetOn: 'refill',
    whenSeveral: 'each',
    userRule: { threshold: '', notifyOwner: true, users: [], emails: [], channels: [] },
    clientRule: { threshold: '', notifyClient: true, emails: [], channels: [] },
    advancedRules: [],
    reason: '',
  };
}

export function valuesOf(profile: Profile): ProfileValues {
  const { userRule, clientRule, advancedRules } = profile;
  return {
    name: profile.name,
    resellerId: profile.resellerId,
    currency: profile.currency,
    sortOrder: profile.sortOrder,
    maxNotifications: profile.maxNotifications ?? '',
    periodHours: profile.periodHours,
    checkEveryMinutes: profile.checkEveryMinutes,
    trigger: profile.trigger,
    resetOn: profile.resetOn,
    whenSeveral: profile.whenSeveral,
    userRule: { ...userRule, threshold: userRule.threshold ?? '' },
    clientRule: { ...clientRule, threshold: clientRule.threshold ?? '' },
    advancedRules: advancedRules.map((rule) => ({ ...rule, threshold: rule.threshold ?? '' })),
    reason: '',
  };
}

const furthest = 1_000_000;
const ruleKey = /^[A-Za-z0-9._-]{1,64}$/;

export function profileErrors(values: ProfileValues): Readonly<Record<Pointer, FieldError>> {
  const { userRule, clientRule, advancedRules } = values;
  return {
    '#/name': firstOf(required(values.name), maxLength(200, values.name)),
    '#/resellerId': required(values.resellerId),
    '#/currency': required(values.currency),
    '#/sortOrder': firstOf(filled(values.sortOrder), integerError(values.sortOrder, -furthest, furthest)),
    '#/maxNotifications': integerError(values.maxNotifications, 1, furthest),
    '#/periodHours': firstOf(filled(values.periodHours), integerError(values.periodHours, 1, 8784)),
    '#/checkEveryMinutes': integerError(values.checkEveryMinutes, 1, 527_040),
    '#/userRule/threshold': moneyError(userRule.threshold),
    '#/userRule/emails': emailsError(userRule.emails),
    ...channelErrors('#/userRule/channels', userRule.channels),
    '#/clientRule/threshold': moneyError(clientRule.threshold),
    '#/clientRule/emails': emailsError(clientRule.emails),
    ...channelErrors('#/clientRule/channels', clientRule.channels),
    ...each('#/advancedRules', advancedRules, (rule, index) => ({
      key: keyError(rule.key, index, advancedRules),
      threshold: moneyError(rule.threshold),
      inactivityDays: integerError(rule.inactivityDays, 1, 3660),
      emails: emailsError(rule.emails),
    })),
    ...Object.fromEntries(
      advancedRules.flatMap(({ channels }, index) =>
        Object.entries(channelErrors(`#/advancedRules/${index}/channels`, channels)),
      ),
    ),
  };
}

function channelErrors(pointer: Pointer, channels: Profile['userRule']['channels']): Record<Pointer, FieldError> {
  return each(pointer, channels, ({ address }) => ({ address: phoneError(address) }));
}

export function hasNoErrors(values: ProfileValues): boolean {
  return Object.values(profileErrors(values)).every((fault) => fault === null);
}

function filled(value: Typed): FieldError {
  return value === null || value === '' ? t('form.required') : null;
}

function keyError(key: string, index: number, rules: readonly AdvancedRuleValues[]): FieldError {
  if (key === '') return null;
  if (!ruleKey.test(key)) return t('profiles.key.invalid');
  const first = rules.findIndex((rule) => rule.key === key);
  return first === index ? null : t('profiles.key.repeated', { n: first + 1 });
}

/** The body of a request, from values without faults. */
export function bodyOf(values: ProfileValues): ProfileInput {
  const { userRule, clientRule, advancedRules } = values;
  const reason = values.reason.trim();
  return {
    name: values.name.trim(),
    resellerId: values.resellerId,
    currency: values.currency,
    sortOrder: Number(values.sortOrder),
    maxNotifications: numberOf(values.maxNotifications),
    periodHours: Number(values.periodHours),
    checkEveryMinutes: numberOf(values.checkEveryMinutes),
    trigger: values.trigger,
    resetOn: values.resetOn,
    whenSeveral: values.whenSeveral,
    userRule: { ...userRule, threshold: amountOf(userRule.threshold) },
    clientRule: { ...clientRule, threshold: amountOf(clientRule.threshold) },
    advancedRules: advancedRules.map(({ key, ...rule }) => ({
      ...rule,
      ...(key !== '' && { key }),
      threshold: amountOf(rule.threshold),
      inactivityDays: numberOf(rule.inactivityDays),
    })),
    ...(reason !== '' && { reason }),
  };
}

const numberOf = (value: Typed): number | null => (value === null || value === '' ? null : Number(value));
const amountOf = (threshold: string): string | null => (threshold === '' ? null : threshold);

/** Time between checks: the period where no interval is set; null: what was typed is none. */
export function checkIntervalMs({
  periodHours,
  checkEveryMinutes,
}: Pick<ProfileValues, 'periodHours' | 'checkEveryMinutes'>): number | null {
  const minutes = typeof checkEveryMinutes === 'number' ? checkEveryMinutes : Number(periodHours) * 60;
  return Number.isFinite(minutes) && minutes > 0 ? minutes * minuteMs : null;
}
