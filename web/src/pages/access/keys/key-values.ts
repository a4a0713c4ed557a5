import { membersOf, type Scope } from '../../../api/types';
import { serverNow } from '../../../api/transport';
import type { components } from '../../../api/schema';
import {
  maxLength,
  firstOf,
  instantError,
  integerError,
  moneyError,
  percentError,
  required,
} from '../../../form/checks';
import type { FieldError } from '../../../form/checks';
import { maximumLimitErrors, maximumLimitOf, type MaximumLimitValues } from '../../../form/maximum-limit';
import type { Pointer } from '../../../form/pointer';
import { t } from '../../../i18n/t';

export type KeyInput = components['schemas']['ApiKeyInput'];

type AreaOf<Name> = Name extends `${infer Area}:${'read' | 'write'}` ? Area : never;
export type Area = AreaOf<Scope>;

/** The areas of the scopes, in the order of the form. */
export const areas = membersOf<Area>({
  clients: true,
  payments: true,
  credit: true,
  profiles: true,
  monitor: true,
  notifications: true,
  templates: true,
  rates: true,
  resellers: true,
  users: true,
  webhooks: true,
  keys: true,
  requests: true,
  audit: true,
  events: true,
  jobs: true,
});

/** Areas that can only be read. */
const readOnly: readonly Area[] = ['requests', 'audit'] satisfies readonly Exclude<Area, AreaOf<Writing>>[];
type Writing = Extract<Scope, `${string}:write`>;

/** The scope of an area; null: there is none. */
export function scopeOf(area: Area, act: 'read' | 'write'): Scope | null {
  if (act === 'read') return `${area}:read`;
  return readOnly.includes(area) ? null : (`${area}:write` as Writing);
}

export interface KeyValues extends Record<string, unknown> {
  name: string;
  environment: 'live' | 'test';
  scopes: Scope[];
  expiresAt: string;
  maximumIncrease: { amount: { amount: string; currency: string }; percent: string; days: number | '' };
  maximumCreditLimit: MaximumLimitValues;
  reason: string;
}

export const freshKey: KeyValues = {
  name: '',
  environment: 'live',
  scopes: [],
  expiresAt: '',
  maximumIncrease: { amount: { amount: '', currency: 'USD' }, percent: '', days: '' },
  maximumCreditLimit: { amount: '', currency: 'USD' },
  reason: '',
};

export function keyErrors({
  name,
  scopes,
  expiresAt,
  maximumIncrease,
  maximumCreditLimit,
}: KeyValues): Readonly<Record<Pointer, FieldError>> {
  const { amount, percent, days } = maximumIncrease;
  return {
    '#/name': firstOf(required(name), maxLength(200, name)),
    '#/scopes': scopes.length === 0 ? t('developers.keys.noScope') : null,
    '#/expiresAt': instantError(expiresAt, serverNow()),
    '#/maximumIncrease/amount/amount': moneyError(amount.amount, 'more_than_zero'),
    '#/maximumIncrease/amount/currency': amount.amount !== '' ? required(amount.currency) : null,
    '#/maximumIncrease/percent': percentError(percent),
    '#/maximumIncrease/days': integerError(days, 1, 36_600),
    ...maximumLimitErrors(maximumCreditLimit),
  };
}

export function bodyOf({ maximumIncrease, maximumCreditLimit, ...values }: KeyValues): KeyInput {
  const { name, environment, scopes, expiresAt, reason } = values;
  const { amount, percent, days } = maximumIncrease;
  return {
    name: name.trim(),
    environment,
    scopes,
    ...(expiresAt !== '' && { expiresAt }),
    ...(canGrantCredit(scopes) && {
      maximumIncrease: {
        amount: amount.amount === '' ? null : amount,
        percent: percent === '' ? null : percent,
        days: days === '' ? null : days,
      },
      maximumCreditLimit: maximumLimitOf(maximumCreditLimit),
    }),
    ...(reason.trim() !== '' && { reason: reason.trim() }),
  };
}

/** Only a key that grants credit needs a maximum. */
export const canGrantCredit = (scopes: readonly Scope[]): boolean =>
  scopes.includes('*') || scopes.includes('credit:write');
