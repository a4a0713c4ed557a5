import {
  changedTerms,
  isLowered,
  settledTerms,
  type PaymentTermsFields,
} from '../../../src/domain/invoicing/payment-terms.js';

const weekly: PaymentTermsFields = {
  ...{ resellerId: '1', name: 'Weekly', mode: 'every', days: 7, day: null, graceDays: 7 },
  ...{ remindBefore: [], remindAfter: [] },
};

test('a day that some months do not have becomes the 28th', () => {
  const on = (day: number): PaymentTermsFields => ({ ...weekly, mode: 'on', days: null, day });
  expect([1, 28, 29, 30, 31].map((day) => settledTerms(on(day)).day)).toEqual([1, 28, 28, 28, 28]);
  expect([null, undefined, 28, 29].map(isLowered)).toEqual([false, false, false, true]);
});

test('reminders are in order, each once', () => {
  const terms = settledTerms({ ...weekly, remindBefore: [7, 3, 7], remindAfter: [14, 1] });
  expect(terms).toMatchObject({ remindBefore: [3, 7], remindAfter: [1, 14] });
});

test.each([
  [{ days: null }, '/days'],
  [{ day: 1 }, '/day'],
  [{ mode: 'on', days: null }, '/day'],
  [{ mode: 'on', day: 1 }, '/days'],
] as const)('%j is refused', (fields, pointer) => {
  expect(() => settledTerms({ ...weekly, ...fields })).toThrow(expect.objectContaining({ code: 'invalid', pointer }));
});

test('another mode drops the number of the one before', () => {
  const monthly = changedTerms(weekly, { mode: 'on', day: 31 });
  expect(monthly).toMatchObject({ mode: 'on', days: null, day: 28 });
  expect(changedTerms(monthly, { mode: 'every', days: 14 })).toMatchObject({ days: 14, day: null });
  expect(changedTerms(weekly, { mode: 'every', graceDays: 0 })).toMatchObject({ days: 7, graceDays: 0 });
  expect(() => changedTerms(weekly, { mode: 'on' })).toThrow(expect.objectContaining({ pointer: '/day' }));
});
