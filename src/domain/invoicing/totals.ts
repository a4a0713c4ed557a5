import { roundFor, shareFor, type Micros } from '../money.js';

export const taxModes = ['exclusive', 'inclusive'] as const;
export type TaxMode = (typeof taxModes)[number];

/** The tax of a client at an instant. */
export interface Tax {
  /** millionths of a percent */
  readonly rate: Micros;
  /** exclusive: added to the lines; inclusive: part of them */
  readonly mode: TaxMode;
}

interface Totals {
  readonly net: Micros;
  readonly tax: Micros;
  readonly total: Micros;
}

/** 100 % in millionths of a percent. */
const whole = 100_000_000n;

/**
 * Net, tax, and total in the currency's minor units. What is rounded is the sum of the exact lines, never a line, so that
 * the live balance and the invoice differ by less than half a minor unit.
 */
export function totalsOf(lines: readonly Micros[], tax: Tax | null, currency: string): Totals {
  const sum = lines.reduce((all, amount) => all + amount, 0n);
  if (!tax) {
    const net = roundFor(sum, currency);
    return { net, tax: 0n, total: net };
  }
  if (tax.mode === 'inclusive') return grossTotals(roundFor(sum, currency), tax.rate, currency);
  const net = roundFor(sum, currency);
  const added = shareFor(net, tax.rate, whole, currency);
  return { net, tax: added, total: net + added };
}

/** The parts of an amount that includes its tax: what an inclusive invoice or a credit note is made of. */
export function grossTotals(total: Micros, rate: Micros, currency: string): Totals {
  const net = shareFor(total, whole, whole + rate, currency);
  return { net, tax: total - net, total };
}
