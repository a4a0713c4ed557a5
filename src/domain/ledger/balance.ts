import { moneyOf, type Micros } from '../money.js';

/** What a client's available balance is made of at one instant. */
export interface Balance {
  readonly live: Micros;
  /** the permanent credit limit */
  readonly creditLimit: Micros;
  /** the temporary credit that is active at the instant */
  readonly temporaryCredit: Micros;
}

/** Parses a balance from decimal strings. */
export function toBalance(row: {
  readonly live: string;
  readonly creditLimit: string;
  readonly temporaryCredit: string;
}): Balance {
  return {
    live: moneyOf(row.live),
    creditLimit: moneyOf(row.creditLimit),
    temporaryCredit: moneyOf(row.temporaryCredit),
  };
}

/** Permanent credit limit and active temporary credit. */
export function creditOf({ creditLimit, temporaryCredit }: Omit<Balance, 'live'>): Micros {
  return creditLimit + temporaryCredit;
}

/** Live balance and credit. */
export function availableOf(balance: Balance): Micros {
  return balance.live + creditOf(balance);
}

/** The available balance of a row; null: nothing limits it, or it is unknown. */
export function availableOrNull(row: {
  readonly balanceModel: string;
  readonly live: string | null;
  readonly creditLimit: string;
  readonly temporaryCredit: string;
}): Micros | null {
  const { live } = row;
  return row.balanceModel === 'unlimited' || live === null ? null : availableOf(toBalance({ ...row, live }));
}
