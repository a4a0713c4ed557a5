import { formatMoneyFor, moneyOf, rateUnit, roundBeside, roundFor, type Micros, type Rate } from '../money.js';

/** The balances of a company: ours with it, its with us, and what is left when both are netted (docs/companies.md). */

/**
 * `their`: what the company paid us less what we served it. `our`: what we paid it less what we used of it. `mutual`: their
 * less our, in the company's currency.
 */
export const companySides = ['their', 'our', 'mutual'] as const;
export type CompanySide = (typeof companySides)[number];

export function isCompanySide(text: string): text is CompanySide {
  return (companySides as readonly string[]).includes(text);
}

/** The sides that have entries; the third is computed. */
export const ledgerSides = ['their', 'our'] as const;
export type LedgerSide = (typeof ledgerSides)[number];

/**
 * Where the balances come from: the company's own `ledger`, or what an external system has `reported`.
 */
export const companySources = ['ledger', 'reported'] as const;
export type CompanySource = (typeof companySources)[number];

/** The balances as they are stored. */
export interface CompanyBalances {
  /** of the mutual balance */
  readonly currency: string;
  readonly theirCurrency: string;
  readonly ourCurrency: string;
  /** decimal strings; null: unknown */
  readonly theirBalance: string | null;
  readonly ourBalance: string | null;
}

/** Units of `to` for one of `from`; null: there is no exchange rate. */
export type RateBetween = (from: string, to: string) => Rate | null;

/** The balance of a side, or why nothing can be decided by it. */
export type SideBalance = { readonly amount: Micros; readonly currency: string } | 'balance_unknown' | 'no_rate';

/**
 * The balance of a side. What is converted is rounded up to a millionth, so that it is at or below an amount exactly when
 * the exact one is.
 */
export function sideBalance(side: CompanySide, company: CompanyBalances, rateBetween: RateBetween): SideBalance {
  const { currency, theirCurrency, ourCurrency, theirBalance, ourBalance } = company;
  if (side === 'their') return ownBalance(theirBalance, theirCurrency);
  if (side === 'our') return ownBalance(ourBalance, ourCurrency);
  if (theirBalance === null || ourBalance === null) return 'balance_unknown';
  const theirRate = rateOrUnit(theirCurrency, currency, rateBetween);
  const ourRate = rateOrUnit(ourCurrency, currency, rateBetween);
  if (theirRate === null || ourRate === null) return 'no_rate';
  const exact = moneyOf(theirBalance) * theirRate - moneyOf(ourBalance) * ourRate;
  return { amount: dividedUp(exact), currency };
}

/** The balance of a side in the currency of its threshold. */
export function inCurrency(balance: SideBalance, currency: string, rateBetween: RateBetween): SideBalance {
  if (typeof balance === 'string') return balance;
  const rate = rateOrUnit(balance.currency, currency, rateBetween);
  return rate === null ? 'no_rate' : { amount: dividedUp(balance.amount * rate), currency };
}

/**
 * A balance as texts show it: exactly, and a mutual one that was converted in the minor digits of its currency, but never
 * rounded across its threshold.
 */
export function formatSideBalance(
  side: CompanySide,
  { amount, currency }: { readonly amount: Micros; readonly currency: string },
  threshold: { readonly amount: Micros; readonly currency: string } | null,
): string {
  if (side !== 'mutual') return formatMoneyFor(amount, currency);
  const rounded =
    threshold?.currency === currency ? roundBeside(amount, threshold.amount, currency) : roundFor(amount, currency);
  return formatMoneyFor(rounded, currency);
}

export interface CurrencyPair {
  readonly from: string;
  readonly to: string;
}

/** The pairs without a rate that the threshold of a side needs. */
export function missingPairs(
  side: CompanySide,
  { currency, theirCurrency, ourCurrency }: Pick<CompanyBalances, 'currency' | 'theirCurrency' | 'ourCurrency'>,
  thresholdCurrency: string,
  rateBetween: RateBetween,
): CurrencyPair[] {
  return neededPairs(side, { currency, theirCurrency, ourCurrency }, thresholdCurrency).filter(
    ({ from, to }) => rateOrUnit(from, to, rateBetween) === null,
  );
}

function neededPairs(
  side: CompanySide,
  { currency, theirCurrency, ourCurrency }: Pick<CompanyBalances, 'currency' | 'theirCurrency' | 'ourCurrency'>,
  to: string,
): CurrencyPair[] {
  if (side === 'their') return [{ from: theirCurrency, to }];
  if (side === 'our') return [{ from: ourCurrency, to }];
  return [
    { from: theirCurrency, to: currency },
    { from: ourCurrency, to: currency },
    { from: currency, to },
  ];
}

function ownBalance(balance: string | null, currency: string): SideBalance {
  return balance === null ? 'balance_unknown' : { amount: moneyOf(balance), currency };
}

function rateOrUnit(from: string, to: string, rateBetween: RateBetween): Rate | null {
  return from === to ? rateUnit : rateBetween(from, to);
}

/** Of an amount times a rate. */
function dividedUp(product: bigint): Micros {
  const quotient = product / rateUnit;
  return product > 0n && quotient * rateUnit !== product ? quotient + 1n : quotient;
}
