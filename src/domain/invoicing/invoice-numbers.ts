import { DomainError } from '../errors.js';
import type { InvoiceType } from './payment-status.js';

/** How the numbers of a reseller's invoices look. */
export interface NumberFormat {
  /** replaces `{prefix}` */
  readonly prefix: string;
  /** of `{prefix}`, `{yyyy}`, `{yy}`, `{mm}`, `{seq}` or `{seq:6}`, letters, digits, `-`, and `/` */
  readonly format: string;
  /** yearly: from 1 again with every year */
  readonly restart: NumberRestart;
}

export const numberRestarts = ['never', 'yearly'] as const;
type NumberRestart = (typeof numberRestarts)[number];

/** Where a reseller has set none. */
export const defaultNumberFormats = {
  outgoing: { prefix: 'INV-', format: '{prefix}{seq:6}', restart: 'never' },
  credit_note: { prefix: 'CN-', format: '{prefix}{seq:6}', restart: 'never' },
} as const satisfies Readonly<Record<InvoiceType, NumberFormat>>;

const part = /\{(?:prefix|yyyy|yy|mm|seq(?::(?:[1-9]|1[0-2]))?)\}/g;
const longestNumber = 40;
/** More than a sequence ever reaches: what it is measured by. */
const largeSequence = 999_999_999n;

/**
 * @param date of the invoice in its own zone, `2026-03-31`
 * @param seq from 1
 */
export function invoiceNumber({ prefix, format }: NumberFormat, date: string, seq: bigint): string {
  return format.replace(part, (name) => {
    switch (name) {
      case '{prefix}':
        return prefix;
      case '{yyyy}':
        return date.slice(0, 4);
      case '{yy}':
        return date.slice(2, 4);
      case '{mm}':
        return date.slice(5, 7);
      default:
        return seq.toString().padStart(Number(/\d+/.exec(name)?.[0] ?? 1), '0');
    }
  });
}

/** @throws DomainError `invalid` for a format whose numbers would repeat, be too long, or have other characters */
export function requireNumberFormat(asked: NumberFormat): void {
  const { prefix, format, restart } = asked;
  if (!/^[A-Za-z0-9/-]{0,20}$/.test(prefix)) {
    throw new DomainError('invalid', 'must be up to 20 Latin letters, digits, "-", and "/"', '/prefix');
  }
  const parts: readonly string[] = format.match(part) ?? [];
  if (!/^[A-Za-z0-9/-]*$/.test(format.replace(part, ''))) {
    throw new DomainError(
      'invalid',
      'must be made of {prefix}, {yyyy}, {yy}, {mm}, {seq:6}, Latin letters, digits, "-", and "/"',
      '/format',
    );
  }
  if (parts.filter((name) => name.startsWith('{seq')).length !== 1) {
    throw new DomainError('invalid', 'must have {seq} once, such as {seq:6}', '/format');
  }
  if (restart === 'yearly' && !parts.includes('{yyyy}')) {
    throw new DomainError('invalid', 'must have {yyyy}: numbers begin again every year', '/format');
  }
  if (invoiceNumber(asked, '2026-12-31', largeSequence).length > longestNumber) {
    throw new DomainError('invalid', `makes numbers of more than ${longestNumber} characters: shorten it`, '/format');
  }
}
