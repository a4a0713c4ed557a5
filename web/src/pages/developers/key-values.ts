import { serverNow } from '../../api/transport';
import type { components } from '../../api/schema';
import { maxLength, firstOf, instantError, integerError, moneyError, percentError, required } from '../../form/checks';
import type { FieldError } from '../../form/checks';
import type { Pointer } from '../../form/pointer';
import { t } from '../../i18n/t';

export type KeyInput = components['schemas']['ApiKeyInput'];
export type Scope = KeyInput['scopes'][number];

/** Areas with their reading and writing scope; null: there is none. */
export const areas = [
  { area: 'clients', read: 'clients:read', write: 'clients:write' },
  { area: 'payments', read: 'payments:read', write: 'payments:write' },
  { area: 'credit', read: 'credit:read', write: 'credit:write' },
  { area: 'profiles', read: 'profiles:read', write: 'profiles:write' },
  { area: 'monitor', read: 'monitor:read', write: 'monitor:write' },
  { area: 'notifications', read: 'notifications:read', write: 'notifications:write' },
  { area: 'templates', read: 'templates:read', write: 'templates:write' },
  { area: 'rates', read: 'rates:read', write: 'rates:write' },
  { area: 'resellers', read: 'resellers:read', write: 'resellers:write' },
  { area: 'users', read: 'users:read', write: 'users:write' },
  { area: 'webhooks', read: 'webhooks:read', write: 'webhooks:write' },
  { area: 'keys', read: 'keys:read', write: 'keys:write' },
  { area: 'requests', read: 'requests:read', write: null },
  { area: 'audit', read: 'audit:read', write: null },
  { area: 'events', read: 'events:read', write: 'events:write' },
] as const satisfies readonly { area: string; read: Scope; write: Scope | null }[];

export interface KeyValues extends Record<string, unknown> {
  name: string;
  environment: 'live' | 'test';
  scopes: Scope[];
  expiresAt: string;
  maximumIncrease: { amount: { amount: string; currency: string }; percent: string; days: number | '' };
  reason: string;
}

export const freshKey: KeyValues = {
  name: '',
  environment: 'live',
  scopes: [],
  expiresAt: '',
  maximumIncrease: { amount: { amount: '', currency: 'USD' }, percent: '', days: '' },
  reason: '',
};

export function keyErrors({
  name,
  scopes,
  expiresAt,
  maximumIncrease,
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
  };
}

export function bodyOf({ name, environment, scopes, expiresAt, maximumIncrease, reason }: KeyValues): KeyInput {
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
    }),
    ...(reason.trim() !== '' && { reason: reason.trim() }),
  };
}

/** Only a key that lends has use for a maximum. */
export const canGrantCredit = (scopes: readonly Scope[]): boolean =>
  scopes.includes('*') || scopes.includes('credit:write');
