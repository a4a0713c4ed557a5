import { DomainError } from '../errors.js';

/** The tax on a client's invoices (docs/concepts.md#tax-profiles). */

/** exclusive: added to the charges; inclusive: part of them. */
export const taxModes = ['exclusive', 'inclusive'] as const;

export interface TaxProfileFields {
  readonly resellerId: string;
  readonly name: string;
  /** of 0 to 100 with up to 4 decimals, without zeros at the end: `19`, `8.875` */
  readonly ratePercent: string;
  readonly mode: (typeof taxModes)[number];
  /** the tax on invoices: `VAT` */
  readonly label: string;
  /** printed on invoices */
  readonly note: string | null;
  /** the numbers of invoices have only Latin letters and digits, at most 40 */
  readonly sureTax: boolean;
  /** kept for the clients that have it, given to no others */
  readonly archived: boolean;
}

const ratePattern = /^(\d{1,3})(?:\.(\d{1,4}))?$/;

/** The rate in its one form, or null for what is none: `19.00` becomes `19`. */
export function taxRate(text: string): string | null {
  const [, whole = '', fraction = ''] = ratePattern.exec(text) ?? [];
  const units = Number(`${whole}${fraction.padEnd(4, '0')}`);
  if (whole === '' || units > 1_000_000) return null;
  const decimals = fraction.replace(/0+$/, '');
  return `${Number(whole)}${decimals === '' ? '' : `.${decimals}`}`;
}

/**
 * SureTax knows an invoice by its number.
 *
 * @throws DomainError `conflict` for a number that it does not take
 */
export function requireSureTaxNumber(no: string): void {
  if (/^[A-Za-z0-9]{1,40}$/.test(no)) return;
  throw new DomainError(
    'conflict',
    `the client’s tax profile has SureTax, which takes up to 40 Latin letters and digits as the number of an invoice, not ` +
      `${no}: change the number format, or the tax profile`,
    '/path/id',
  );
}
