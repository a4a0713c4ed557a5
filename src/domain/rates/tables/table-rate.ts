import { DomainError } from '../../errors.js';
import { exceedsDigits, moneyOf, type Micros } from '../../money.js';

/** A row of a rate table (docs/rates.md#rate-tables). */
export interface TableRateFields {
  /** prefix of the numbers that it is the rate of */
  readonly code: string;
  readonly codeName: string | null;
  readonly effectiveFrom: Date;
  /** set only to close a series: a later row ends an earlier one without it */
  readonly endsAt: Date | null;
  /** plain decimal with up to 6 decimals, may be negative */
  readonly rate: string;
  /** chargeable volume, at least */
  readonly minVolume: number;
  /** chargeable interval */
  readonly interval: number;
  /** free of charge */
  readonly graceVolume: number;
  /** plain decimal */
  readonly setupFee: string;
  /** one of the four of `knownTimeProfile`, or a name that the operator's switch knows */
  readonly timeProfile: string;
  /** regular: the price; additive: on top of it */
  readonly policy: RatePolicy;
  /** stashed: kept, and neither compared nor used */
  readonly status: RateStatus;
  readonly tags: readonly string[];
  readonly notes: string | null;
}

export const ratePolicies = ['regular', 'additive'] as const;
export type RatePolicy = (typeof ratePolicies)[number];

export const rateStatuses = ['active', 'stashed'] as const;
export type RateStatus = (typeof rateStatuses)[number];

const timeProfiles = ['all', 'business', 'non_business', 'weekends'];

/**
 * One of the four profiles however it is written, such as `All time`, `Business time`, or `Non-business time` of other systems: the
 * same profile twice would be two series. Another name is one of the operator's switch, and stays.
 */
export function knownTimeProfile(text: string): string {
  const plain = text
    .toLowerCase()
    .replaceAll(/[\s_-]+/g, '_')
    .replace(/_time$/, '');
  return timeProfiles.includes(plain) ? plain : text;
}

export const rateLimits = {
  code: 32,
  codeName: 128,
  timeProfile: 64,
  notes: 1000,
  volume: 1_000_000,
  tags: 20,
} as const;

/** Of a code: digits, letters, and the keys of a telephone. */
export const codePattern = /^[0-9A-Za-z*#+]{1,32}$/;

const decimalPattern = /^-?\d{1,12}(\.\d{1,6})?$/;
const wholeDigits = 9;

/** A decimal in its one form, `10.50` as `10.5`; null for what is none, or has more than 9 digits and 6 decimals. */
export function plainRate(text: string): string | null {
  if (!decimalPattern.test(text)) return null;
  const micros = moneyOf(text);
  return exceedsDigits(micros, wholeDigits) ? null : plainDecimal(micros);
}

/** With as many decimals as it has, at least so many: `10`, `0.015`, `5.0000`. */
export function plainDecimal(micros: Micros, minDecimals = 0): string {
  const digits = (micros < 0n ? -micros : micros).toString().padStart(7, '0');
  const fraction = digits.slice(-6).replace(/0+$/, '').padEnd(minDecimals, '0');
  return `${micros < 0n ? '-' : ''}${digits.slice(0, -6)}${fraction === '' ? '' : `.${fraction}`}`;
}

/** @throws DomainError `invalid` for a rate that ends before it starts */
export function requireFittingRate({ effectiveFrom, endsAt }: Pick<TableRateFields, 'effectiveFrom' | 'endsAt'>): void {
  if (endsAt === null || endsAt.getTime() > effectiveFrom.getTime()) return;
  throw new DomainError('invalid', 'must be later than the effective date, or empty', '/endsAt');
}
