import { noTerm, settledAgreement, type AgreementTerms } from '../../../src/domain/rates/agreements/agreement.js';
import { earliestEffective, nextNotification } from '../../../src/domain/rates/agreements/notice-times.js';
import { notificationDue } from '../../../src/domain/rates/notifications/rate-notification.js';

const at = (text: string): number => Date.parse(text);
const text = (ms: number): string => new Date(ms).toISOString().replace('.000Z', 'Z');
const none: AgreementTerms = {
  ...{ new: noTerm, increased: noTerm, decreased: noTerm, unchanged: noTerm, closed: noTerm },
};
const mondays = { notificationDays: { mode: 'weekly', days: [1] }, hour: 9, timezone: 'UTC' } as const;

describe('the next notification', () => {
  test.each([
    ['the next Monday', mondays, '2026-03-05T10:00:00Z', '2026-03-09T09:00:00Z'],
    ['later the same day', mondays, '2026-03-09T08:59:59Z', '2026-03-09T09:00:00Z'],
    ['not now, but a week later', mondays, '2026-03-09T09:00:00Z', '2026-03-16T09:00:00Z'],
    [
      'in its zone, also after clocks change',
      { ...mondays, notificationDays: { mode: 'daily', days: [] }, timezone: 'Europe/Kyiv' },
      '2026-03-28T08:00:00Z',
      '2026-03-29T06:00:00Z',
    ],
    [
      'a day of the next month',
      { ...mondays, notificationDays: { mode: 'monthly', days: [1, 28] } },
      '2026-02-28T09:00:00Z',
      '2026-03-01T09:00:00Z',
    ],
    [
      'a Sunday',
      { ...mondays, notificationDays: { mode: 'weekly', days: [7] }, hour: 0 },
      '2026-03-05T10:00:00Z',
      '2026-03-08T00:00:00Z',
    ],
  ] as const)('is %s', (_name, agreement, after, expected) => {
    expect(text(nextNotification(agreement, at(after)))).toBe(expected);
  });
});

describe('from when a rate may take effect', () => {
  test.each([
    ['days from midnight', 7, 'days_from_midnight', 'UTC', '2026-03-09T09:00:00Z', '2026-03-16T00:00:00Z'],
    ['0 days from midnight', 0, 'days_from_midnight', 'UTC', '2026-03-09T09:00:00Z', '2026-03-09T00:00:00Z'],
    [
      'local days, of which one has 23 hours',
      1,
      'days_from_midnight',
      'Europe/Kyiv',
      '2026-03-28T20:00:00Z',
      '2026-03-28T22:00:00Z',
    ],
    ['local days after that', 2, 'days_from_midnight', 'Europe/Kyiv', '2026-03-28T20:00:00Z', '2026-03-29T21:00:00Z'],
    [
      'days from the notification',
      2,
      'days_from_notification',
      'Europe/Kyiv',
      '2026-03-28T20:15:30Z',
      '2026-03-30T20:15:30Z',
    ],
    ['hours from the hour', 5, 'hours_from_hour', 'UTC', '2026-03-09T09:47:12Z', '2026-03-09T14:00:00Z'],
    [
      'hours of a zone half an hour off',
      1,
      'hours_from_hour',
      'Asia/Kolkata',
      '2026-03-09T09:47:12Z',
      '2026-03-09T10:30:00Z',
    ],
    [
      'hours from the notification',
      5,
      'hours_from_notification',
      'UTC',
      '2026-03-09T09:47:12Z',
      '2026-03-09T14:47:12Z',
    ],
  ] as const)('%s', (_name, value, unit, timezone, told, expected) => {
    const agreement = { timezone, terms: { ...none, increased: { value, unit } } };
    expect(text(earliestEffective(agreement, 'increased', at(told)))).toBe(expected);
    expect(earliestEffective(agreement, 'new', at(told))).toBeLessThanOrEqual(at(told));
  });
});

test('days are kept in order and once, and those that do not fit the mode are refused', () => {
  const days = (mode: 'daily' | 'weekly' | 'monthly', ...list: number[]) => ({
    notificationDays: { mode, days: list },
  });
  expect(settledAgreement(days('weekly', 5, 1, 5)).notificationDays.days).toEqual([1, 5]);
  for (const wrong of [days('weekly'), days('weekly', 8), days('monthly', 29), days('daily', 1)]) {
    expect(() => settledAgreement(wrong)).toThrow(/must/);
  }
});

test('without an agreement rates are announced 15 minutes after the last change, and at most once an hour', () => {
  const noon = at('2026-03-05T12:00:00Z');
  expect(text(notificationDue(null, noon, null))).toBe('2026-03-05T12:15:00Z');
  expect(text(notificationDue(null, noon, at('2026-03-05T10:00:00Z')))).toBe('2026-03-05T12:15:00Z');
  expect(text(notificationDue(null, noon, at('2026-03-05T11:50:00Z')))).toBe('2026-03-05T12:50:00Z');
  expect(text(notificationDue(mondays, noon, null))).toBe('2026-03-09T09:00:00Z');
});
