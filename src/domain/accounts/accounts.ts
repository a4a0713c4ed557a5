import type { Micros } from '../money.js';

/**
 * Accounts under a client, such as phone numbers. The client's live balance is its common part plus the balances of its
 * accounts.
 */

/**
 * debit: the balance is what is left; unusable at zero. credit: usable down to its own limit. subordinate: uses
 * the client's balance.
 */
export const accountKinds = ['debit', 'credit', 'subordinate'] as const;
export type AccountKind = (typeof accountKinds)[number];

/** blocked: its money stays, and it takes part in no transfer. closed: without money, for good. */
export const accountStatuses = ['active', 'blocked', 'closed'] as const;
export type AccountStatus = (typeof accountStatuses)[number];

/** What an account can use, without the client's balance: 0 for a subordinate one. */
export function accountAvailable({
  kind,
  balance,
  creditLimit,
}: {
  readonly kind: AccountKind;
  readonly balance: Micros;
  readonly creditLimit: Micros;
}): Micros {
  return kind === 'credit' ? balance + creditLimit : balance;
}

/** What is owed: a negative balance without its sign. */
export function accountOwed(balance: Micros): Micros {
  return balance < 0n ? -balance : 0n;
}
