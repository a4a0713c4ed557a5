import type { Fragment } from 'postgres';
import type { Queries } from '../system/database.js';
import { live } from './live-balance.js';

/**
 * Available balances within a statement that speaks of `clients c`, `balances b`, and, by `activeCredit`, of
 * `temporary_credits t`.
 */

/** Joins the temporary credit that is active at the instant, whatever a late worker has recorded. */
export function activeCredit(q: Queries, at: Date): Fragment {
  return q`left join temporary_credits t on t.client_id = c.id and t.status in ('scheduled', 'active')
      and t.valid_from <= ${at} and ${at} < t.valid_until`;
}

/** Permanent credit limit and active temporary credit. */
export function credit(q: Queries): Fragment {
  return q`(c.credit_limit + coalesce(t.amount, 0))`;
}

/**
 * Live balance and credit, also of a client that nothing limits; null: the balance is unknown.
 *
 * @param balance the live balance; absent: that of the balance source in use
 */
export function liveAndCredit(q: Queries, balance: Fragment = live(q)): Fragment {
  return q`(${balance} + ${credit(q)})`;
}
