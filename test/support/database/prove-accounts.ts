import type { Queries } from '../../../src/storage/system/database.js';

/** Accounts whose running balance differs from the sum of the entries that name them; none when all is well. */
export async function proveAccounts(q: Queries): Promise<{ id: string; balance: string; sum: string }[]> {
  return q<{ id: string; balance: string; sum: string }[]>`
    select a.id, a.balance::text as balance, s.sum::text as sum
    from accounts a
    cross join lateral (
      select case when a.kind = 'subordinate' then 0 else coalesce(sum(e.amount), 0) end as sum
      from ledger_entries e where e.account_id = a.id
    ) s
    where a.balance <> s.sum
    order by a.id`;
}
