import fc from 'fast-check';
import { approvedTerms, requestExpiry } from '../../../src/domain/credit/credit-requests.js';
import {
  grantAmount,
  isWithinMaximum,
  requestedIncrease,
  type GrantRequest,
} from '../../../src/domain/credit/grants.js';
import { parseMoney, parsePercent } from '../../../src/domain/money.js';
import { dayMs, hourMs, startMs } from '../support/client.js';

const limit = { amount: parseMoney('200'), currency: 'USD' };
const agent = { maxAmount: null, maxPercent: parsePercent('10'), maxDays: 30 };
const manager = { maxAmount: null, maxPercent: parsePercent('20'), maxDays: 60 };

function asked(amount: string, days: number): GrantRequest {
  return { amount: parseMoney(amount), percent: null, fromMs: startMs, untilMs: startMs + days * dayMs };
}

test.each([
  [agent, '20', 30, true],
  [agent, '20.01', 30, false],
  [agent, '20', 31, false],
  [manager, '40', 60, true],
  [manager, '40.01', 60, false],
  [manager, '40', 61, false],
])('with %o, %s for %i days is within the maximum: %s', (cap, amount, days, isWithin) => {
  const request = asked(amount, days);
  expect(isWithinMaximum(requestedIncrease(request, limit, startMs), request, limit, cap)).toBe(isWithin);
});

test('of both maximums the smaller counts, and of a limit of 0 a percentage gives nothing', () => {
  const both = { maxAmount: parseMoney('15'), maxPercent: parsePercent('10'), maxDays: null };
  expect(isWithinMaximum(parseMoney('15.01'), asked('15.01', 1), limit, both)).toBe(false);
  const none = { amount: 0n, currency: 'USD' };
  expect(isWithinMaximum(parseMoney('0.01'), asked('0.01', 1), none, agent)).toBe(false);
});

test('what is within the maximum is granted, and what is not is refused', () => {
  fc.assert(
    fc.property(fc.integer({ min: 1, max: 10_000 }), fc.integer({ min: 1, max: 100 }), (cents, days) => {
      const request = { ...asked('1', days), amount: BigInt(cents) * 10_000n };
      const grant = (): bigint => grantAmount(request, limit, agent, startMs);
      if (isWithinMaximum(request.amount, request, limit, agent)) expect(grant()).toBe(request.amount);
      else expect(grant).toThrow(expect.objectContaining({ code: 'credit_above_maximum' }));
    }),
  );
});

test('a request ends after its hours, or with the credit that it asks for', () => {
  expect(requestExpiry(startMs, 72, null)).toBe(startMs + 72 * hourMs);
  expect(requestExpiry(startMs, 72, startMs + dayMs)).toBe(startMs + dayMs);
  expect(requestExpiry(startMs, 72, startMs + 30 * dayMs)).toBe(startMs + 72 * hourMs);
});

const request = { amount: parseMoney('50'), untilMs: startMs + 10 * dayMs, currency: 'USD' };

test('all of a request is approved, a smaller amount, or an earlier end', () => {
  expect(approvedTerms(request, { amount: null, untilMs: null })).toEqual({
    amount: request.amount,
    untilMs: request.untilMs,
  });
  const less = { amount: parseMoney('49.99'), untilMs: request.untilMs - 1000 };
  expect(approvedTerms(request, less)).toEqual(less);
});

test.each([
  [{ amount: parseMoney('50.01'), untilMs: null }, '/amount'],
  [{ amount: null, untilMs: request.untilMs + 1000 }, '/validUntil'],
])('more than was asked for is refused', (more, pointer) => {
  expect(() => approvedTerms(request, more)).toThrow(expect.objectContaining({ code: 'invalid', pointer }));
});

test('a permanent limit has no end', () => {
  const permanent = { ...request, untilMs: null };
  expect(() => approvedTerms(permanent, { amount: null, untilMs: startMs })).toThrow(/has no end/);
});
