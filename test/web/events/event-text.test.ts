/** @jest-environment ./test/web/support/page-environment.cjs */
import { eventKindNames, eventKinds as known } from '../../../src/domain/events/events';
import { loadLanguage } from '../../../web/src/i18n/t';
import { setLanguage } from '../../../web/src/i18n/language';
import { eventDataText, eventFieldLabel } from '../../../web/src/ui/text/event-data';
import {
  eventGroupLabel,
  eventGroupText,
  eventKinds,
  eventKindText,
  eventText,
  eventTodo,
  eventWhy,
  rejectionReasons,
} from '../../../web/src/ui/text/event-text';

afterEach(() => setLanguage('en'));

/** Data of every field that the service gives with a kind. */
const dataOf = (kind: (typeof eventKindNames)[number]): Record<string, string> =>
  Object.fromEntries(
    Object.keys(known[kind].fields).map((name) => [name, name === 'amount' ? '5.00' : name.toUpperCase()]),
  );

test('the page knows the kinds of the service', () => {
  expect(eventKinds).toEqual(eventKindNames);
});

describe.each(['en', 'uk'] as const)('in %s', (language) => {
  beforeEach(async () => {
    setLanguage(language);
    await loadLanguage();
  });

  test.each(eventKindNames)('%s says what happened, why, and what to do, with and without its data', (kind) => {
    for (const data of [dataOf(kind), {}]) {
      const event = { kind, data };
      const texts = [eventText(event), eventWhy(event), eventTodo(event), eventKindText(kind)];
      texts.push(eventGroupText(kind, kind === 'payment.refused' ? 'conflict' : null, 3));
      for (const name of Object.keys(data)) {
        const label = eventFieldLabel(kind, name);
        // Raw names would be the API's English in every language.
        if (!['reason', 'detail', 'clientId', 'applied', 'direction'].includes(name)) expect(label).not.toBe(name);
      }
      for (const text of texts) {
        expect(text.length).toBeGreaterThan(5);
        expect(text).not.toMatch(/[{}]|undefined|events\./);
        if (language === 'uk') expect(text).toMatch(/[а-яі]/);
      }
    }
  });
});

test('a rejected payment is told with its amount, and what to do depends on why', () => {
  const data = { paymentId: 'p-1', amount: '5.00', currency: 'USD', client: 'C-9' };
  expect(eventText({ kind: 'payment.refused', data }).replaceAll('\u00a0', ' ')).toBe(
    'Payment p-1 of 5.00 USD was not recorded',
  );
  const advice = rejectionReasons.map((reason) => eventTodo({ kind: 'payment.refused', data: { ...data, reason } }));
  expect(new Set(advice).size).toBe(rejectionReasons.length);
  expect(eventTodo({ kind: 'payment.refused', data: { ...data, reason: 'brand_new' } })).toMatch(
    /^Correct the payment/,
  );
});

test('a group counts its events and names their reason, one that the page does not know included', () => {
  expect(eventGroupText('payment.refused', 'not_found', 42)).toBe('42 payments rejected: unknown client');
  expect(eventGroupText('payment.refused', 'not_found', 1)).toBe('1 payment rejected: unknown client');
  expect(eventGroupText('payment.refused', 'brand_new', 2)).toBe('2 payments rejected: brand_new');
  expect(eventGroupText('rate.missing', null, 2)).toBe('2 missing exchange rates');
  expect(eventGroupLabel('payment.refused', 'conflict')).toBe('Payment rejected: ID already used');
});

test('decisions that a replaced monitor lost are named', () => {
  expect(eventWhy({ kind: 'monitor.replaced', data: { lost: 'client 1/2' } })).toMatch(/client 1\/2$/);
  expect(eventWhy({ kind: 'monitor.replaced', data: {} })).toMatch(/last saved state/);
});

test('amounts, days, and codes in the data read as they do elsewhere on the page', () => {
  const data = {
    outstanding: '1234.5',
    currency: 'USD',
    dueOn: '2026-03-31',
    capacity: 'unlimited',
    kind: 'permanent',
  };
  const read = (name: string): string => eventDataText(data, name).replaceAll('\u00a0', ' ');
  expect(Object.keys(data).map(read)).toEqual([
    '1,234.50 USD',
    'USD',
    'Mar 31, 2026',
    'Unlimited',
    'Permanent credit limit',
  ]);
  expect(eventText({ kind: 'invoice.overdue', data: { ...data, invoice: 'INV-7' } }).replaceAll('\u00a0', ' ')).toBe(
    'Invoice INV-7 is overdue: 1,234.50 USD',
  );
});
