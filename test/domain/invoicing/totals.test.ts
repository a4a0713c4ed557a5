import fc from 'fast-check';
import { grossTotals, totalsOf, type Tax } from '../../../src/domain/invoicing/totals.js';
import { formatMoney, parseMoney, parsePercent } from '../../../src/domain/money.js';

function totals(lines: readonly string[], tax: Tax | null, currency = 'USD'): string[] {
  const {
    net,
    tax: added,
    total,
  } = totalsOf(
    lines.map((line) => parseMoney(line)),
    tax,
    currency,
  );
  return [net, added, total].map(formatMoney);
}

const exclusive = (rate: string): Tax => ({ rate: parsePercent(rate), mode: 'exclusive' });
const inclusive = (rate: string): Tax => ({ rate: parsePercent(rate), mode: 'inclusive' });

describe('totals', () => {
  test('round the sum of exact lines, not the lines', () => {
    expect(totals(['10.123456', '0.004999', '3.335001'], exclusive('19'))).toEqual(['13.46', '2.56', '16.02']);
    expect(totals(['0.004', '0.004', '0.004'], null)).toEqual(['0.01', '0.00', '0.01']);
  });

  test('that include their tax are split', () => {
    expect(totals(['100.00'], inclusive('20'))).toEqual(['83.33', '16.67', '100.00']);
  });

  test('round half away from zero, in the minor units of the currency', () => {
    expect(totals(['0.125'], null)).toEqual(['0.13', '0.00', '0.13']);
    expect(totals(['-0.125'], null)).toEqual(['-0.13', '0.00', '-0.13']);
    expect(totals(['2.5'], exclusive('10'), 'JPY')).toEqual(['3.00', '0.00', '3.00']);
    expect(totals(['0.0005'], null, 'KWD')).toEqual(['0.001', '0.00', '0.001']);
    expect(totals(['-10'], exclusive('5'))).toEqual(['-10.00', '-0.50', '-10.50']);
  });

  test('have no tax at 0 percent', () => {
    expect(totals(['12.34'], { rate: 0n, mode: 'inclusive' })).toEqual(['12.34', '0.00', '12.34']);
  });

  test('are always net and tax, within half a unit of the lines and of the tax', () => {
    fc.assert(
      fc.property(
        fc.array(fc.bigInt({ min: -1_000_000_000_000n, max: 1_000_000_000_000n }), { maxLength: 20 }),
        fc.bigInt({ min: 0n, max: 1_000_000n }).map((part) => part * 100n),
        fc.constantFrom('exclusive' as const, 'inclusive' as const),
        (lines, rate, mode) => {
          const { net, tax, total } = totalsOf(lines, { rate, mode }, 'USD');
          const sum = lines.reduce((all, line) => all + line, 0n);
          expect(net + tax).toBe(total);
          for (const amount of [net, tax, total]) expect(amount % 10_000n).toBe(0n);
          const rounded = (mode === 'exclusive' ? net : total) - sum;
          expect(rounded <= 5_000n && rounded >= -5_000n).toBe(true);
          // Compared as whole numbers: tax - net * rate, times 100 %.
          const whole = 100_000_000n;
          const fault = mode === 'exclusive' ? tax * whole - net * rate : total * whole - net * (whole + rate);
          const allowed = 5_000n * (mode === 'exclusive' ? whole : whole + rate);
          expect(fault <= allowed && fault >= -allowed).toBe(true);
        },
      ),
    );
  });

  test('of a credit note are parts of an amount with its tax', () => {
    const { net, tax } = grossTotals(parseMoney('11.90'), parsePercent('19'), 'EUR');
    expect([net, tax].map(formatMoney)).toEqual(['10.00', '1.90']);
  });
});
