import fc from 'fast-check';
import { parseMoney } from '../../web/src/form/inputs/parse-money';
import amounts from '../cases/amounts.json';
import { amountText, compareAmounts, moneyText, roundAmount, subtractAmounts } from '../../web/src/ui/text/money-text';

/** As the service writes it: without grouping, with a hyphen. */
const plain = (text: string): string => text.replaceAll(',', '').replace('\u2212', '-');

describe('money as people read it', () => {
  it.each([
    ['-419.78', 'USD', 'en', '−419.78\u00a0USD'],
    ['1234567.5', 'EUR', 'en', '1,234,567.50\u00a0EUR'],
    ['1234.50', 'UAH', 'uk', '1\u00a0234,50\u00a0UAH'],
    ['0.000001', 'USD', 'en', '0.000001\u00a0USD'],
    ['-0.00', 'USD', 'en', '0.00\u00a0USD'],
    ['999999999999.999999', 'USD', 'en', '999,999,999,999.999999\u00a0USD'],
  ])('%s %s in %s', (amount, currency, locale, text) => {
    expect(moneyText(amount, currency, locale)).toBe(text);
  });

  it.each(amounts.exact)('$amount $currency is written $text', ({ amount, currency, text }) => {
    expect(plain(amountText(amount, currency, 'en'))).toBe(text);
  });

  it.each(amounts.rounded)('$amount $currency beside $other is about $text', ({ amount, other, currency, text }) => {
    expect(plain(amountText(roundAmount(amount, other, currency), currency, 'en'))).toBe(text);
  });

  it('keeps the decimals of an amount whose currency it is not told', () => {
    expect(amountText('950', null, 'en')).toBe('950');
    expect(amountText('10.000', null, 'en')).toBe('10.000');
  });

  it('shows the sign of a change', () => {
    expect(moneyText('50.00', 'USD', 'en', { signed: true })).toBe('+50.00\u00a0USD');
    expect(moneyText('0.00', 'USD', 'en', { signed: true })).toBe('0.00\u00a0USD');
  });

  it('compares and subtracts without a float', () => {
    expect(compareAmounts('0.1', '0.10')).toBe(0);
    expect(compareAmounts('-5', '3')).toBe(-1);
    expect(compareAmounts('999999999999.999999', '999999999999.999998')).toBe(1);
    expect(subtractAmounts('32.00', '50.00')).toBe('-18.00');
    expect(subtractAmounts('0.3', '0.1')).toBe('0.20');
  });
});

describe('money as people type it', () => {
  it.each([
    ['1,234.5', 'en', '1234.50'],
    ['1 234,50', 'uk', '1234.50'],
    ['1\u00a0234,50', 'uk', '1234.50'],
    ['-5', 'en', '-5.00'],
    ['−5', 'en', '-5.00'],
    ['- 5', 'en', '-5.00'],
    ['+12.345678', 'en', '12.345678'],
    ['007', 'en', '7.00'],
    ['.5', 'en', '0.50'],
    ['-0.00', 'en', '0.00'],
    ['1.234,5', 'en', '1234.50'],
    ['1,234', 'en', '1234.00'],
    ['1,234', 'uk', '1.234'],
    ['1.234', 'en', '1.234'],
    ['1.234', 'de', '1234.00'],
    ['0,123', 'en', '0.123'],
    ['1,5', 'en', '1.50'],
    ['1,234,567', 'uk', '1234567.00'],
    ['USD 12', 'en', '12.00'],
    ['$1,234.50', 'en', '1234.50'],
    ['−$5.20', 'en', '-5.20'],
    ['1 234,50 UAH', 'uk', '1234.50'],
    ['12.50€', 'en', '12.50'],
    ['1’234.50', 'de-CH', '1234.50'],
    ['12.3456780', 'en', '12.345678'],
  ])('%s in %s', (typed, locale, amount) => {
    expect(parseMoney(typed, locale)).toEqual({ amount });
  });

  it.each(['', 'abc', '1e5', '1,23,4.5.6', '1 2', '12,34.56', '--5', '5-', '1.2.3', '1 23,50', ','])(
    'refuses "%s"',
    (typed) => {
      expect(parseMoney(typed, 'en')).toEqual({ fault: 'form.money.invalid' });
    },
  );

  it('refuses more digits than the service keeps', () => {
    expect(parseMoney('1234567890123', 'en')).toEqual({ fault: 'form.money.tooLong' });
    expect(parseMoney('1.2345678', 'en')).toEqual({ fault: 'form.money.decimals' });
  });

  it.each(['en', 'uk', 'de', 'de-CH'])('reads back in %s what it has shown', (locale) => {
    const limit = 10n ** 18n - 1n;
    fc.assert(
      fc.property(fc.bigInt({ min: -limit, max: limit }), (micros) => {
        const digits = (micros < 0n ? -micros : micros).toString().padStart(7, '0');
        const amount = `${micros < 0n ? '-' : ''}${digits.slice(0, -6)}.${digits.slice(-6).replace(/0{1,4}$/, '')}`;
        expect(parseMoney(moneyText(amount, 'USD', locale), locale)).toEqual({ amount });
      }),
    );
  });
});
