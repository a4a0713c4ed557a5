import { formatMoneyFor, moneyOf } from '../domain/money.js';

/** The amounts of a client that templates are given: exact, with at least the minor digits of their currency. */

interface KnownBalance {
  /** null: unknown */
  readonly live: string | null;
  /** null: unknown, or nothing limits it */
  readonly available: string | null;
  readonly creditLimit: string;
  readonly temporaryCredit: string;
}

export function balanceVariables(balance: KnownBalance, currency: string): Record<string, string> {
  const available = balance.available === null ? 0n : moneyOf(balance.available);
  return {
    balance_avail: amountText(balance.available, currency),
    overdrawn: available < 0n ? formatMoneyFor(-available, currency) : '',
    balance_live: amountText(balance.live, currency),
    credit_limit: amountText(balance.creditLimit, currency),
    temporary_credit: amountText(balance.temporaryCredit, currency),
  };
}

/** Empty where there is no amount. */
export function amountText(amount: string | null, currency: string): string {
  return amount === null ? '' : formatMoneyFor(moneyOf(amount), currency);
}
