import fc from 'fast-check';
import {
  grantAmount,
  maximumAmount,
  maximumUntil,
  temporaryCreditAt,
  warningInstant,
  type GrantCap,
  type GrantRequest,
} from '../../../src/domain/credit/grants.js';
import { parseMoney, parsePercent } from '../../../src/domain/money.js';
import { dayMs, hourMs, startMs } from '../support/client.js';

const unbounded: GrantCap = { maxAmount: null, maxPercent: null, maxDays: null };

function request(changes: Partial<GrantRequest> = {}): GrantRequest {
  return { amount: parseMoney('20'), percent: null, fromMs: startMs, untilMs: startMs + dayMs, ...changes };
}

function amountOf(changes: Partial<GrantRequest>, cap: Partial<GrantCap> = {}, limit = '32.00'): bigint {
  return grantAmount(
    request(changes),
    { amount: parseMoney(limit), currency: 'USD' },
    { ...unbounded, ...cap },
    startMs,
  );
}

test('an amount is lent as it is, a percentage of the permanent limit to the cent', () => {
  expect(amountOf({})).toBe(parseMoney('20'));
  expect(amountOf({ amount: null, percent: parsePercent('33.3333') })).toBe(parseMoney('10.67'));
});

test('a prepaid client gets an amount, and no percentage of its limit', () => {
  const prepaid = { amount: parseMoney('200'), currency: 'USD', isPrepaid: true };
  expect(grantAmount(request(), prepaid, unbounded, startMs)).toBe(parseMoney('20'));
  const share = request({ amount: null, percent: parsePercent('10') });
  expect(() => grantAmount(share, prepaid, unbounded, startMs)).toThrow(
    expect.objectContaining({ code: 'client_prepaid', pointer: '/percent' }),
  );
});

test.each([
  ['an amount of 10 digits', { amount: parseMoney('1000000000') }, {}, '32.00', 'invalid', '/amount'],
  ['a share of 10 digits', { amount: null, percent: parsePercent('100') }, {}, '1000000000.00', 'invalid', '/percent'],
  ['neither amount nor percentage', { amount: null }, {}, '32.00', 'invalid', '/amount'],
  ['both', { percent: parsePercent('10') }, {}, '32.00', 'invalid', '/amount'],
  ['nothing', { amount: 0n }, {}, '32.00', 'invalid', '/amount'],
  ['less than nothing', { amount: -1n }, {}, '32.00', 'invalid', '/amount'],
  ['an end at the beginning', { untilMs: startMs }, {}, '32.00', 'invalid', '/validUntil'],
  ['an end that is past', { fromMs: startMs - 2000, untilMs: startMs - 1000 }, {}, '32.00', 'invalid', '/validUntil'],
  [
    'a share of nothing',
    { amount: null, percent: parsePercent('10') },
    {},
    '0.00',
    'credit_limit_not_positive',
    '/percent',
  ],
  [
    'a share of less',
    { amount: null, percent: parsePercent('10') },
    {},
    '-5.00',
    'credit_limit_not_positive',
    '/percent',
  ],
  ['too much', {}, { maxAmount: parseMoney('19.99') }, '32.00', 'credit_above_maximum', '/amount'],
  [
    'too large a share',
    { amount: null, percent: parsePercent('51') },
    { maxPercent: parsePercent('50') },
    '32.00',
    'credit_above_maximum',
    '/percent',
  ],
  [
    'an amount above the largest share',
    {},
    { maxPercent: parsePercent('50') },
    '32.00',
    'credit_above_maximum',
    '/amount',
  ],
  ['too long', { untilMs: startMs + 3 * dayMs + 1000 }, { maxDays: 3 }, '32.00', 'credit_above_maximum', '/validUntil'],
] as const)('%s is refused', (_, changes, cap, limit, code, pointer) => {
  expect(() => amountOf(changes, cap, limit)).toThrow(expect.objectContaining({ code, pointer }));
});

test('the bounds themselves are allowed', () => {
  const cap = { maxAmount: parseMoney('20'), maxPercent: parsePercent('62.5'), maxDays: 3 };
  expect(amountOf({ untilMs: startMs + 3 * dayMs }, cap)).toBe(parseMoney('20'));
});

test('the smaller of both maxima bounds; a share of a limit that is not positive is nothing', () => {
  const cap = { maxAmount: parseMoney('30'), maxPercent: parsePercent('50'), maxDays: null };
  expect(maximumAmount(cap, parseMoney('32'))).toBe(parseMoney('16'));
  expect(maximumAmount(cap, parseMoney('100'))).toBe(parseMoney('30'));
  expect(maximumAmount(cap, parseMoney('-10'))).toBe(0n);
  expect(maximumAmount(unbounded, parseMoney('32'))).toBeNull();
  expect(maximumUntil(unbounded, startMs)).toBeNull();
});

test('no grant is above its cap', () => {
  const amount = fc.bigInt({ min: 1n, max: 1_000_000_000n });
  fc.assert(
    fc.property(amount, amount, amount, (asked, maxAmount, limit) => {
      const cap = { maxAmount, maxPercent: parsePercent('50'), maxDays: null };
      try {
        const lent = grantAmount(request({ amount: asked }), { amount: limit, currency: 'USD' }, cap, startMs);
        expect(lent <= maxAmount && lent <= (maximumAmount(cap, limit) ?? 0n)).toBe(true);
      } catch (error) {
        expect(error).toMatchObject({ code: 'credit_above_maximum' });
      }
    }),
  );
});

test('the credit counts from its beginning up to, but not at, its end', () => {
  const grant = { amount: 5n, fromMs: startMs, untilMs: startMs + hourMs };
  const at = [startMs - 1000, startMs, startMs + hourMs - 1000, startMs + hourMs].map((instant) =>
    temporaryCreditAt(grant, instant),
  );
  expect(at).toEqual([0n, 5n, 5n, 0n]);
  expect(temporaryCreditAt(null, startMs)).toBe(0n);
});

test('the client is warned before the end where there is time for it', () => {
  expect(warningInstant(startMs, startMs + 3 * dayMs, 24)).toBe(startMs + 2 * dayMs);
  expect(warningInstant(startMs, startMs + dayMs, 24)).toBeNull();
  expect(warningInstant(startMs, startMs + 3 * dayMs, 0)).toBeNull();
});
