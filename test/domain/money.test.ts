import fc from 'fast-check';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { DomainError } from '../../src/domain/errors.js';
import {
  convert,
  convertBeside,
  formatCents,
  formatMoney,
  formatMoneyFor,
  formatRate,
  isMoney,
  moneyOf,
  parseMoney,
  parsePercent,
  parseRate,
  percentOf,
  rateUnit,
  roundBeside,
  roundDownFor,
  shareUp,
  unconvertUp,
} from '../../src/domain/money.js';

const largest = 999_999_999_999_999_999n;
const money = fc.bigInt({ min: -largest, max: largest });
const rate = fc.bigInt({ min: 1n, max: 10n ** 20n });

test('what is written is read back, exactly', () => {
  fc.assert(fc.property(money, (amount) => expect(parseMoney(formatMoney(amount))).toBe(amount)));
});

test('the text of an amount has a point, two to six decimals, and no exponent', () => {
  fc.assert(
    fc.property(money, (amount) => expect(formatMoney(amount)).toMatch(/^-?(0|[1-9]\d*)\.\d{2}(\d{0,3}[1-9])?$/)),
  );
});

test.each([
  ['12', 12_000_000n],
  ['-12.5', -12_500_000n],
  ['-0.50', -500_000n],
  ['-0', 0n],
  ['007.10', 7_100_000n],
  ['0.000001', 1n],
  ['999999999999.999999', largest],
])('%s is read', (text, amount) => {
  expect(parseMoney(text)).toBe(amount);
  expect(moneyOf(text)).toBe(amount);
});

test.each([
  '',
  '.5',
  '5.',
  '+5',
  '1e3',
  '1,000.00',
  ' 1',
  '1 ',
  '1\n',
  '0x10',
  'NaN',
  'Infinity',
  '--1',
  '0.0000001',
  '1234567890123',
  '1234567890123456789',
  '1234567890123456789.00',
  '٣',
])('%j is no amount', (text) => {
  expect(isMoney(text)).toBe(false);
  expect(() => parseMoney(text, '/amount')).toThrow(expect.objectContaining({ code: 'invalid', pointer: '/amount' }));
});

test('a refusal shows no more than the beginning of what was written', () => {
  expect(() => parseMoney('9'.repeat(5000))).toThrow(DomainError);
  expect(() => parseMoney('9'.repeat(5000))).toThrow(/^"9{40}"/);
});

interface AmountCase {
  readonly amount: string;
  readonly other?: string;
  readonly currency: string;
  readonly text: string;
}

/** The page has the same cases (test/web/money.test.ts). */
const cases = JSON.parse(readFileSync(join(__dirname, '..', 'cases', 'amounts.json'), 'utf8')) as Readonly<
  Record<'exact' | 'rounded', readonly AmountCase[]>
>;

test.each(cases.exact)('$amount $currency is written $text', ({ amount, currency, text }) => {
  expect(formatMoneyFor(moneyOf(amount), currency)).toBe(text);
});

test.each(cases.rounded)(
  '$amount $currency beside $other is about $text',
  ({ amount, other = '0', currency, text }) => {
    expect(formatMoneyFor(roundBeside(moneyOf(amount), moneyOf(other), currency), currency)).toBe(text);
  },
);

test('what is rounded stays on its side, and within one minor unit', () => {
  fc.assert(
    fc.property(money, money, fc.constantFrom('USD', 'JPY', 'KWD'), (amount, other, currency) => {
      const rounded = roundBeside(amount, other, currency);
      expect([rounded > other, rounded < other]).toEqual([amount > other, amount < other]);
      expect(rounded - amount < 1_000_000n && amount - rounded < 1_000_000n).toBe(true);
    }),
  );
});

test('a conversion lies on that side of a threshold on which the exact product lies', () => {
  fc.assert(
    fc.property(money, rate, money, (amount, by, other) => {
      const converted = convertBeside(amount, by, other);
      const [exact, bound] = [amount * by, other * rateUnit];
      expect([converted > other, converted < other]).toEqual([exact > bound, exact < bound]);
    }),
  );
});

test('a maximum is rounded down', () => {
  expect(roundDownFor(parseMoney('184.757399'), 'EUR')).toBe(parseMoney('184.75'));
  expect(roundDownFor(parseMoney('184.757399'), 'JPY')).toBe(parseMoney('184'));
});

test('a share that is compared is not rounded: 75% of 33.33 is reached at 24.9975', () => {
  expect(shareUp(parseMoney('33.33'), parsePercent('75'))).toBe(parseMoney('24.9975'));
  expect(shareUp(parseMoney('0.000001'), parsePercent('50'))).toBe(1n);
});

test.each([
  ['0.004999', '0.00'],
  ['0.005', '0.01'],
  ['-0.004999', '0.00'],
  ['-0.005', '-0.01'],
  ['49.999999', '50.00'],
  ['-419.78', '-419.78'],
])('a scenario states %s as %s: two decimals, half away from zero', (text, shown) => {
  expect(formatCents(parseMoney(text))).toBe(shown);
});

test('a conversion is off by at most half of a millionth', () => {
  fc.assert(
    fc.property(money, rate, (amount, by) => {
      const error = convert(amount, by) * rateUnit - amount * by;
      expect(2n * (error < 0n ? -error : error)).toBeLessThanOrEqual(rateUnit);
    }),
  );
});

test('converting at a rate of one changes nothing', () => {
  fc.assert(fc.property(money, (amount) => expect(convert(amount, rateUnit)).toBe(amount)));
});

test('unconvertUp is the smallest amount that reaches the other', () => {
  fc.assert(
    fc.property(money, rate, (amount, by) => {
      const [up, product] = [unconvertUp(amount, by), amount * rateUnit];
      expect(up * by >= product && (up - 1n) * by < product).toBe(true);
    }),
  );
});

test.each(['0', '0.0', '-1', '1e3', '', '1234567890', '1.0000000000001'])('%j is no rate', (text) => {
  expect(() => parseRate(text)).toThrow(DomainError);
});

test('rates have up to twelve decimals', () => {
  expect(parseRate('1.0825')).toBe(1_082_500_000_000n);
  expect(parseRate('0.000000000001')).toBe(1n);
});

test('a rate is written without trailing zeros, and read back exactly', () => {
  expect(['1.10', '2', '0.000000000001'].map((text) => formatRate(parseRate(text)))).toEqual([
    '1.1',
    '2',
    '0.000000000001',
  ]);
  fc.assert(fc.property(rate, (given) => expect(parseRate(formatRate(given))).toBe(given)));
});

test.each(['0', '-5', '1000', '7.55555', 'x', '5%'])('%j is no percentage', (text) => {
  expect(() => parsePercent(text)).toThrow(DomainError);
});

test('a share is rounded once, half away from zero, to cents', () => {
  expect(percentOf(parseMoney('32.00'), parsePercent('75'))).toBe(parseMoney('24'));
  expect(percentOf(parseMoney('0.10'), parsePercent('5'))).toBe(parseMoney('0.01'));
  expect(percentOf(parseMoney('9.999999'), parsePercent('0.05'))).toBe(0n);
});
