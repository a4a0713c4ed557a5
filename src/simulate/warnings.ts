import { formatMoney, moneyOf } from '../domain/money.js';

/**
 * Returns the canonical form of a warning threshold that passed `checkWarningThreshold`: an amount with at least the
 * minor digits of `currency` (`950` is `950.00`), a share without trailing zeros (`75.0%` is `75%`).
 */
export function canonicalWarning(text: string, currency: string): string {
  if (text.endsWith('%')) return `${trimZeros(formatMoney(moneyOf(text.slice(0, -1))), 0)}%`;
  return trimZeros(formatMoney(moneyOf(text)), minorDigits(currency));
}

/** Cuts or pads the fraction to `digits` digits, but never cuts a digit other than 0. */
function trimZeros(amount: string, digits: number): string {
  const [whole = '', fraction = ''] = amount.split('.');
  const kept = fraction.replace(/0+$/, '').padEnd(digits, '0');
  return kept === '' ? whole : `${whole}.${kept}`;
}

function minorDigits(currency: string): number {
  const format = new Intl.NumberFormat('en', { style: 'currency', currency });
  return format.resolvedOptions().maximumFractionDigits ?? 2;
}
