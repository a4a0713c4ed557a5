import { kindsOf } from '../../../src/domain/ledger/entry-kinds.js';
import { formatMoney, moneyOf } from '../../../src/domain/money.js';
import type { Queries } from '../../../src/storage/system/database.js';

/** A running balance that is not the sum of the ledger: something wrote past it. */
interface UnprovedBalance {
  readonly clientId: string;
  readonly live: string;
  readonly liveSum: string;
  readonly fixed: string;
  readonly fixedSum: string;
  readonly refillSeq: number;
  readonly payments: number;
}

/** Clients whose running balance differs from the sum of their ledger; none when all is well. */
export async function proveBalances(q: Queries): Promise<UnprovedBalance[]> {
  const rows = await q<UnprovedBalance[]>`
    select b.client_id as "clientId", b.live, s.live as "liveSum", b.fixed, s.fixed as "fixedSum",
      b.refill_seq::float8 as "refillSeq", s.payments::float8 as payments
    from balances b
    cross join lateral (
      select coalesce(sum(e.amount) filter (where e.kind = any(${kindsOf('live')})), 0) as live,
        coalesce(sum(e.amount) filter (where e.kind = any(${kindsOf('fixed')})), 0) as fixed,
        count(*) filter (where e.kind = 'payment') as payments, coalesce(max(e.seq), 0) as seq
      from ledger_entries e where e.client_id = b.client_id
    ) s
    where b.live <> s.live or b.fixed <> s.fixed or b.refill_seq <> s.payments or b.seq <> s.seq
    order by b.client_id`;
  return rows.map((row) => ({
    ...row,
    live: formatMoney(moneyOf(row.live)),
    liveSum: formatMoney(moneyOf(row.liveSum)),
    fixed: formatMoney(moneyOf(row.fixed)),
    fixedSum: formatMoney(moneyOf(row.fixedSum)),
  }));
}
