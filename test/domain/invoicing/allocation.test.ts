import fc from 'fast-check';
import { allocate, releaseOf, takeFrom, type NewAllocation } from '../../../src/domain/invoicing/allocation.js';

const credits = (...left: bigint[]) => left.map((amount, index) => ({ id: `p${index + 1}`, left: amount }));
const invoices = (...due: bigint[]) => due.map((outstanding, index) => ({ id: `i${index + 1}`, outstanding }));
const short = (made: readonly NewAllocation[]): string[] =>
  made.map(({ creditId, invoiceId, amount }) => `${creditId} ${invoiceId} ${amount}`);

describe('allocation', () => {
  test('settles the oldest invoice first', () => {
    expect(short(allocate(credits(10n, 15n, 5n), invoices(30n)))).toEqual(['p1 i1 10', 'p2 i1 15', 'p3 i1 5']);
    expect(short(allocate(credits(20n), invoices(50n, 35n, 40n)))).toEqual(['p1 i1 20']);
    expect(short(allocate(credits(60n, 100n), invoices(50n, 35n, 40n)))).toEqual([
      'p1 i1 50',
      'p1 i2 10',
      'p2 i2 25',
      'p2 i3 40',
    ]);
  });

  test('settles the invoice that a payment names first, then the oldest', () => {
    expect(short(allocate(credits(60n), invoices(50n, 35n), [{ creditId: 'p1', invoiceId: 'i2' }]))).toEqual([
      'p1 i2 35',
      'p1 i1 25',
    ]);
    expect(short(allocate(credits(60n), invoices(50n), [{ creditId: 'p1', invoiceId: 'paid' }]))).toEqual(['p1 i1 50']);
  });

  test('leaves an overpayment, and has nothing to do without invoices', () => {
    expect(short(allocate(credits(30n), invoices(20n)))).toEqual(['p1 i1 20']);
    expect(allocate(credits(30n), [])).toEqual([]);
    expect(allocate([], invoices(20n))).toEqual([]);
  });

  test('never exceeds a credit or an invoice, and leaves money only where nothing is due', () => {
    const amounts = fc.array(fc.bigInt({ min: 1n, max: 50n }), { maxLength: 8 });
    fc.assert(
      fc.property(amounts, amounts, fc.nat(9), fc.nat(9), (left, due, from, to) => {
        const made = allocate(credits(...left), invoices(...due), [{ creditId: `p${from}`, invoiceId: `i${to}` }]);
        const used = (of: 'creditId' | 'invoiceId', id: string): bigint =>
          made.filter((one) => one[of] === id).reduce((all, { amount }) => all + amount, 0n);
        for (const { id, left: amount } of credits(...left)) expect(used('creditId', id)).toBeLessThanOrEqual(amount);
        for (const { id, outstanding } of invoices(...due)) {
          expect(used('invoiceId', id)).toBeLessThanOrEqual(outstanding);
        }
        for (const { amount } of made) expect(amount).toBeGreaterThan(0n);
        const total = (all: readonly bigint[]): bigint => all.reduce((sum, one) => sum + one, 0n);
        const settled = total(made.map(({ amount }) => amount));
        expect(settled).toBe(total(left) < total(due) ? total(left) : total(due));
      }),
    );
  });
});

describe('a taking', () => {
  test('empties credits in their order, or takes nothing', () => {
    expect(takeFrom(credits(10n, 20n), 15n)).toEqual([
      { creditId: 'p1', amount: 10n },
      { creditId: 'p2', amount: 5n },
    ]);
    expect(takeFrom(credits(10n), 11n)).toBeNull();
    expect(takeFrom([], 0n)).toEqual([]);
  });
});

describe('a release', () => {
  test('ends as many allocations as are needed, the last in part', () => {
    const standing = [
      { id: 'a', amount: 10n },
      { id: 'b', amount: 50n },
    ];
    expect(releaseOf(standing, 60n)).toEqual([
      { id: 'a', kept: 0n, released: 10n },
      { id: 'b', kept: 0n, released: 50n },
    ]);
    expect(releaseOf(standing, 15n)).toEqual([
      { id: 'a', kept: 0n, released: 10n },
      { id: 'b', kept: 45n, released: 5n },
    ]);
    expect(releaseOf(standing, 61n)).toBeNull();
    expect(releaseOf(standing, 0n)).toEqual([]);
  });
});
