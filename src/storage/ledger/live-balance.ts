import type { Fragment } from 'postgres';
import type { Queries } from '../system/database.js';

/**
 * The balance that is in force for a client, wherever one is shown, sorted by or counted: of the ledger, or what a
 * foreign source last said. The fragments speak of `balances b`; what they say is null where the balance is unknown.
 */

export type BalanceSourceKind = 'ledger' | 'sql' | 'http';

/** Asked once a statement, whatever number of clients it is about. */
export function sourceInForce(q: Queries): Fragment {
  return q`(select source from balance_source)`;
}

export function isLedger(q: Queries): Fragment {
  return q`(${sourceInForce(q)} = 'ledger')`;
}

export function live(q: Queries): Fragment {
  return q`(case when ${isLedger(q)} then b.live else b.source_live end)`;
}

/** Payments less invoices: only the ledger knows. */
export function fixed(q: Queries): Fragment {
  return q`(case when ${isLedger(q)} then b.fixed end)`;
}
