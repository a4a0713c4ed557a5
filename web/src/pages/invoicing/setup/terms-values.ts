import { firstOf, integerError, maxLength, required, type FieldError } from '../../../form/checks';
import type { Pointer } from '../../../form/pointer';
import { t } from '../../../i18n/t';
import type { components } from '../../../api/schema';
import type { Terms } from './queries';

/** The terms as the form holds them: what is not set is an empty text. */
export interface TermsValues extends Record<string, unknown> {
  name: string;
  mode: Terms['mode'];
  days: number | '';
  day: number | '';
  graceDays: number | '';
  remindBefore: string[];
  remindAfter: string[];
  reason: string;
}

const mostReminders = 10;
const mostDays = 365;

export function valuesOf(terms: Terms | null): TermsValues {
  return {
    name: terms?.name ?? '',
    mode: terms?.mode ?? 'every',
    days: terms?.days ?? '',
    day: terms?.day ?? '',
    graceDays: terms?.graceDays ?? '',
    remindBefore: (terms?.remindBefore ?? []).map(String),
    remindAfter: (terms?.remindAfter ?? []).map(String),
    reason: '',
  };
}

export function termsErrors(values: TermsValues): Readonly<Record<Pointer, FieldError>> {
  const { mode, days, day, graceDays } = values;
  return {
    '#/name': firstOf(required(values.name), maxLength(64, values.name)),
    '#/days': mode === 'every' ? firstOf(required(String(days)), integerError(days, 1, 366)) : null,
    '#/day': mode === 'on' ? firstOf(required(String(day)), integerError(day, 1, 31)) : null,
    '#/graceDays': firstOf(required(String(graceDays)), integerError(graceDays, 0, mostDays)),
    '#/remindBefore': remindersError(values.remindBefore),
    '#/remindAfter': remindersError(values.remindAfter),
  };
}

function remindersError(days: readonly string[]): FieldError {
  if (days.length > mostReminders) return t('terms.terms.tooMany', { n: mostReminders });
  return firstOf(...days.map((day) => integerError(/^\d+$/.test(day.trim()) ? Number(day) : day, 1, mostDays)));
}

type TermsInput = components['schemas']['PaymentTermsInput'];

export function bodyOf(values: TermsValues): TermsInput {
  const reason = values.reason.trim();
  const isEvery = values.mode === 'every';
  return {
    name: values.name.trim(),
    mode: values.mode,
    days: isEvery ? Number(values.days) : null,
    day: isEvery ? null : Number(values.day),
    graceDays: Number(values.graceDays),
    remindBefore: values.remindBefore.map(Number),
    remindAfter: values.remindAfter.map(Number),
    ...(reason !== '' && { reason }),
  };
}

/** How lists name the terms, as they are typed; null: something is missing. */
export function labelOf({ mode, days, day, graceDays }: TermsValues): string | null {
  const number = mode === 'every' ? days : day;
  if (number === '' || graceDays === '') return null;
  return mode === 'every' ? `${number}/${graceDays}` : `on ${Math.min(number, 28)}/${graceDays}`;
}
