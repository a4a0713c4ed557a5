import { firstOf, integerError, maxLength, required, type FieldError } from '../../../form/checks';
import type { Pointer } from '../../../form/pointer';
import { dateTimeFormat, listFormat } from '../../../i18n/intl';
import { intlLocale } from '../../../i18n/language';
import { t } from '../../../i18n/t';
import type { components } from '../../../api/schema';
import { membersOf } from '../../../api/types';
import type { Agreement } from './queries';

type AgreementInput = components['schemas']['AgreementInput'];
export type TermKind = keyof Agreement['terms'];
type Term = Agreement['terms'][TermKind];
type Days = Agreement['notificationDays'];

export const termKinds = membersOf<TermKind>({
  ...{ new: true, increased: true, decreased: true, unchanged: true, closed: true },
});
export const termUnits = membersOf<Term['unit']>({
  ...{ days_from_midnight: true, days_from_notification: true, hours_from_hour: true, hours_from_notification: true },
});
export const dayModes = membersOf<Days['mode']>({ daily: true, weekly: true, monthly: true });

/** The agreement as the form holds it: days of both modes, so that a change of the mode loses none. */
export interface AgreementValues extends Record<string, unknown> {
  name: string;
  mode: Days['mode'];
  weekdays: string[];
  monthDays: string[];
  hour: number | '';
  timezone: string;
  terms: Record<TermKind, { value: number | ''; unit: Term['unit'] }>;
  reason: string;
}

const noTerm: Term = { value: 0, unit: 'days_from_midnight' };

export function valuesOf(agreement: Agreement | null): AgreementValues {
  const { mode, days } = agreement?.notificationDays ?? { mode: 'daily', days: [] };
  const terms = termKinds.map((kind) => [kind, { ...(agreement?.terms[kind] ?? noTerm) }] as const);
  return {
    ...{ name: agreement?.name ?? '', mode, hour: agreement?.hour ?? 9, timezone: agreement?.timezone ?? 'UTC' },
    weekdays: mode === 'weekly' ? days.map(String) : [],
    monthDays: mode === 'monthly' ? days.map(String) : [],
    terms: Object.fromEntries(terms) as AgreementValues['terms'],
    reason: '',
  };
}

export function agreementErrors(values: AgreementValues): Readonly<Record<Pointer, FieldError>> {
  const { name, mode, weekdays, monthDays, hour, terms } = values;
  const termErrors = termKinds.map((kind) => {
    const { value } = terms[kind];
    return [`#/terms/${kind}/value`, firstOf(required(String(value)), integerError(value, 0, 365))] as const;
  });
  return {
    '#/name': firstOf(required(name), maxLength(128, name)),
    '#/weekdays': mode === 'weekly' && weekdays.length === 0 ? t('terms.agreements.noDays') : null,
    '#/monthDays': mode === 'monthly' ? monthDaysError(monthDays) : null,
    '#/hour': firstOf(required(String(hour)), integerError(hour, 0, 23)),
    ...Object.fromEntries(termErrors),
  };
}

function monthDaysError(days: readonly string[]): FieldError {
  if (days.length === 0) return t('terms.agreements.noDays');
  return firstOf(...days.map((day) => integerError(/^\d+$/.test(day.trim()) ? Number(day) : day, 1, 28)));
}

export function bodyOf(values: AgreementValues): AgreementInput {
  const { name, mode, weekdays, monthDays, hour, timezone, terms, reason } = values;
  const days = mode === 'daily' ? [] : (mode === 'weekly' ? weekdays : monthDays).map(Number);
  const sent = termKinds.map((kind) => [kind, { ...terms[kind], value: Number(terms[kind].value) }] as const);
  return {
    ...{ name: name.trim(), notificationDays: { mode, days }, hour: Number(hour), timezone },
    terms: Object.fromEntries(sent) as AgreementInput['terms'],
    ...(reason.trim() !== '' && { reason: reason.trim() }),
  };
}

/** Monday is 1, as ISO 8601 has it; January 1, 2024 was one. */
export function weekdayName(day: number, style: 'long' | 'short' = 'long'): string {
  return dateTimeFormat(intlLocale(), { weekday: style, timeZone: 'UTC' }).format(Date.UTC(2024, 0, day));
}

/** On which days notifications leave, in words. */
export function daysText({ mode, days }: Days): string {
  if (mode === 'daily') return t('terms.agreements.mode.daily');
  if (mode === 'monthly') return t('terms.agreements.onDays', { days: days.join(', ') });
  return listFormat(intlLocale()).format(days.map((day) => weekdayName(day, 'short')));
}
