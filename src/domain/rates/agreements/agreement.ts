import { DomainError } from '../../errors.js';
import type { RateChange } from '../tables/rate-changes.js';

/** When a client is notified of new rates, and how long before they take effect (docs/rates.md#agreements). */
export interface AgreementFields {
  readonly resellerId: string;
  readonly name: string;
  readonly notificationDays: NotificationDays;
  /** full hour of those days in the zone, 0 to 23 */
  readonly hour: number;
  readonly timezone: string;
  readonly terms: AgreementTerms;
}

export const notificationModes = ['daily', 'weekly', 'monthly'] as const;

/** weekly: 1 is Monday, 7 is Sunday; monthly: 1 to 28, which every month has; daily: none are listed. */
interface NotificationDays {
  readonly mode: (typeof notificationModes)[number];
  readonly days: readonly number[];
}

/** Kinds of an announced rate: how it differs from the one before, or that it ends. */
export const noticeKinds = ['new', 'increased', 'decreased', 'unchanged', 'closed'] as const;
export type NoticeKind = RateChange | 'closed';

/**
 * What a time before a rate takes effect is counted from.
 *
 * - `days_from_midnight`: midnight of the day of the notification, in days of the zone
 * - `days_from_notification`: the notification, in spans of 24 hours
 * - `hours_from_hour`: the beginning of the hour of the notification
 * - `hours_from_notification`: the notification
 */
export const termUnits = [
  'days_from_midnight',
  'days_from_notification',
  'hours_from_hour',
  'hours_from_notification',
] as const;

export interface AgreementTerm {
  readonly value: number;
  readonly unit: (typeof termUnits)[number];
}

export type AgreementTerms = Readonly<Record<NoticeKind, AgreementTerm>>;

export const longestTerm = 365;
export const noTerm: AgreementTerm = { value: 0, unit: 'days_from_midnight' };

const bounds = {
  weekly: { last: 7, fault: 'must be from 1 (Monday) to 7 (Sunday) with mode "weekly"' },
  monthly: { last: 28, fault: 'must be from 1 to 28, which every month has, with mode "monthly"' },
} as const;

/**
 * The agreement as it is kept: days in order and each once.
 *
 * @throws DomainError `invalid` for days that do not fit the mode
 */
export function settledAgreement<Fields extends Pick<AgreementFields, 'notificationDays'>>(fields: Fields): Fields {
  const { mode, days } = fields.notificationDays;
  const pointer = '/notificationDays/days';
  if (mode === 'daily') {
    if (days.length > 0) throw new DomainError('invalid', 'must be empty with mode "daily"', pointer);
    return fields;
  }
  const { last, fault } = bounds[mode];
  if (days.length === 0) throw new DomainError('invalid', `must have at least 1 day with mode "${mode}"`, pointer);
  const wrong = days.findIndex((day) => day < 1 || day > last);
  if (wrong >= 0) throw new DomainError('invalid', fault, `${pointer}/${wrong}`);
  const inOrder = [...new Set(days)].sort((one, other) => one - other);
  return { ...fields, notificationDays: { mode, days: inOrder } };
}
