import type { Fragment } from 'postgres';
import type { Queries } from '../system/database.js';

/**
 * The current balance of a client, wherever one is shown, sorted by or counted: of the ledger, or what an external
 * source last returned. The fragments speak of `balances b`; what they say is null where the balance is unknown.
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

/** The last balance that a foreign source gave, with its instant; columns of a client whose balance is unknown, else null. */
export function lastKnown(q: Queries): Fragment {
  return q`case when ${live(q)} is null then b.source_known_live end as "lastKnownLive",
    case when ${live(q)} is null then b.source_known_at end as "lastKnownAt"`;
}

/** Payments less invoices: only the ledger knows. */
export function fixed(q: Queries): Fragment {
  return q`(case when ${isLedger(q)} then b.fixed end)`;
}
