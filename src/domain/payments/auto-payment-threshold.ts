import { moneyOf, rateOf, unconvertUp, type Micros } from '../money.js';

/** Where the threshold of automatic payments comes from; amounts are decimal strings, null: not set. */
export interface ThresholdChain {
  /** the client's own for automatic payments, in its currency */
  readonly ownThreshold: string | null;
  /** the client's own low balance threshold, in its currency */
  readonly lowBalanceThreshold: string | null;
  /** of the client notification of its profile, in the profile's currency */
  readonly profileThreshold: string | null;
}

/** `client`: in the client's currency · `profile`: in the profile's */
interface ChainedThreshold {
  readonly in: 'client' | 'profile';
  readonly value: string;
}

/** The first that is set; null: none is. */
export function autoPaymentThreshold(chain: ThresholdChain): ChainedThreshold | null {
  const own = chain.ownThreshold ?? chain.lowBalanceThreshold;
  if (own !== null) return { in: 'client', value: own };
  return chain.profileThreshold === null ? null : { in: 'profile', value: chain.profileThreshold };
}

/**
 * The same in the client's currency.
 *
 * @param profileRate from the client's currency to the profile's; null: there is none
 * @returns null: no threshold; `no_rate`: it can't be converted
 */
export function thresholdOfClient(
  chain: ThresholdChain & { readonly profileRate: string | null },
): Micros | 'no_rate' | null {
  const threshold = autoPaymentThreshold(chain);
  if (!threshold) return null;
  if (threshold.in === 'client') return moneyOf(threshold.value);
  return chain.profileRate === null ? 'no_rate' : unconvertUp(moneyOf(threshold.value), rateOf(chain.profileRate));
}
