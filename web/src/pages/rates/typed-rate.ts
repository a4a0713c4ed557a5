import { numberFormat } from '../../i18n/intl';
import { intlLocale } from '../../i18n/language';

export interface RateValues extends Record<string, unknown> {
  from: string;
  to: string;
  rate: string;
  /** empty: now */
  at: string;
  reason: string;
}

/** A rate as the API takes it, from what people type: `1,0825`, `1.0825 `. */
export function readRate(typed: string): string {
  return typed.replace(/\s/g, '').replace(',', '.');
}

/** By how much a rate differs from the one before, in hundredths of a percent: 250 is 2.5%. */
export function basisPoints(before: string, after: string): number {
  const [was, is] = [units(before), units(after)];
  return was === 0n ? 0 : Number(((is - was) * 10_000n) / was);
}

/** `+2.5%`, `−0.1%` */
export function percentText(points: number): string {
  const format = numberFormat(intlLocale(), {
    style: 'percent',
    maximumFractionDigits: 2,
    signDisplay: 'exceptZero',
  });
  return format.format(points / 10_000).replace('-', '\u2212');
}

const decimals = 12;

function units(rate: string): bigint {
  const [whole = '0', fraction = ''] = rate.split('.');
  return BigInt(`${whole}${fraction.slice(0, decimals).padEnd(decimals, '0')}`);
}
