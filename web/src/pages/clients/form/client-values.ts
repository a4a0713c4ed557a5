import type { components } from '../../../api/schema';
import {
  maxLength,
  emailAddressError,
  firstOf,
  integerError,
  moneyError,
  percentError,
  required,
} from '../../../form/checks';
import type { FieldError } from '../../../form/checks';
import type { Pointer } from '../../../form/pointer';
import { t } from '../../../i18n/t';

export type Client = components['schemas']['Client'];
type ClientInput = components['schemas']['ClientInput'];
type ClientPatch = components['schemas']['ClientPatch'];
type BalanceModel = Client['balanceModel'];

/** The client as the form holds it: what is not set is an empty text. */
export interface ClientValues extends Record<string, unknown> {
  name: string;
  resellerId: string;
  currency: string;
  timezone: string;
  status: 'active' | 'stop';
  tags: string[];
  externalId: string;
  balanceModel: BalanceModel;
  creditLimit: string;
  openingBalance: string;
  paymentTerms: string;
  profileId: string;
  warningThresholds: string[];
  checkEveryMinutes: number | '';
  billingEmail: string;
  ownerEmail: string;
  locale: string;
  reason: string;
}

/** @param resellerId of whoever fills the form in: a new client belongs to them */
export function valuesOf(client: Client | null, resellerId: string): ClientValues {
  return {
    name: client?.name ?? '',
    resellerId: client?.resellerId ?? resellerId,
    currency: client?.currency ?? '',
    timezone: client?.timezone ?? '',
    status: client?.status === 'stop' ? 'stop' : 'active',
    tags: client?.tags ?? [],
    externalId: client?.externalId ?? '',
    balanceModel: client?.balanceModel ?? 'prepaid',
    creditLimit: client?.creditLimit ?? '0.00',
    openingBalance: client?.openingBalance ?? '0.00',
    paymentTerms: client?.paymentTerms ?? '',
    profileId: client?.profileId ?? '',
    warningThresholds: client?.warningThresholds ?? [],
    checkEveryMinutes: client?.checkEveryMinutes ?? 60,
    billingEmail: client?.billingEmail ?? '',
    ownerEmail: client?.ownerEmail ?? '',
    locale: client?.locale ?? '',
    reason: '',
  };
}

export const longestInterval = 527_040;

export function clientErrors(values: ClientValues): Readonly<Record<Pointer, FieldError>> {
  const { checkEveryMinutes } = values;
  return {
    '#/name': firstOf(required(values.name), maxLength(200, values.name)),
    '#/resellerId': required(values.resellerId),
    '#/currency': required(values.currency),
    '#/tags': tagsError(values.tags),
    '#/externalId': maxLength(200, values.externalId),
    '#/creditLimit': firstOf(required(values.creditLimit), moneyError(values.creditLimit)),
    '#/openingBalance': firstOf(required(values.openingBalance), moneyError(values.openingBalance)),
    '#/paymentTerms': maxLength(40, values.paymentTerms),
    '#/warningThresholds': thresholdsError(values.warningThresholds, values.balanceModel),
    '#/checkEveryMinutes':
      checkEveryMinutes === '' ? t('form.required') : integerError(checkEveryMinutes, 1, longestInterval),
    '#/billingEmail': emailAddressError(values.billingEmail),
    '#/ownerEmail': emailAddressError(values.ownerEmail),
  };
}

const maxTags = 50;

function tagsError(tags: readonly string[]): FieldError {
  if (tags.length > maxTags) return t('clients.form.tooManyTags', { n: maxTags });
  return firstOf(...tags.map((tag) => maxLength(50, tag)));
}

/** As the server reads them (docs/manuals.md#warning-thresholds): amounts; for postpaid clients shares of the credit limit too. */
function thresholdsError(texts: readonly string[], model: BalanceModel): FieldError {
  for (const text of texts) {
    const isShare = text.endsWith('%');
    if (isShare && model !== 'postpaid') return t('clients.form.shareNeedsPostpaid', { text });
    const fault = isShare ? percentError(text.slice(0, -1).trim()) : moneyError(text);
    if (fault !== null) return t('clients.form.noThresholdText', { text });
  }
  return null;
}

const orNull = (text: string): string | null => (text.trim() === '' ? null : text.trim());

/** A new client; language and time zone that are left empty are the reseller's. */
export function inputOf(values: ClientValues): ClientInput {
  const { reason, timezone, locale, ...fields } = fieldsOf(values);
  return {
    ...fields,
    timezone: orNull(timezone),
    locale: orNull(locale),
    managerId: null,
    openingBalance: values.openingBalance,
    ...(reason !== null && { reason }),
  };
}

/** Only what differs is sent: a field that one did not touch is not one's change in the audit. */
export function patchOf(values: ClientValues, before: Client): ClientPatch {
  const { reason, ...fields } = fieldsOf(values);
  const { reason: _none, ...read } = fieldsOf(valuesOf(before, before.resellerId));
  const changed = Object.entries(fields).filter(
    ([name, value]) => JSON.stringify(value) !== JSON.stringify(read[name as keyof typeof read]),
  );
  return { ...Object.fromEntries(changed), ...(reason !== null && { reason }) };
}

function fieldsOf(values: ClientValues) {
  return {
    name: values.name.trim(),
    resellerId: values.resellerId,
    currency: values.currency,
    timezone: values.timezone,
    status: values.status,
    tags: values.tags,
    externalId: orNull(values.externalId),
    balanceModel: values.balanceModel,
    creditLimit: values.creditLimit,
    paymentTerms: orNull(values.paymentTerms),
    profileId: orNull(values.profileId),
    warningThresholds: values.warningThresholds.map((text) => text.replace(/\s+%$/, '%')),
    checkEveryMinutes: Number(values.checkEveryMinutes),
    billingEmail: orNull(values.billingEmail),
    ownerEmail: orNull(values.ownerEmail),
    locale: values.locale,
    reason: orNull(values.reason),
  };
}
