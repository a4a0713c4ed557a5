import { formatMoney, moneyOf } from '../../domain/money.js';
import type { Queries } from '../system/database.js';

/** A stretch of time in which the live balance moved. */
interface BalancePoint {
  /** when the last move of the stretch occurred */
  readonly at: Date;
  readonly min: string;
  readonly max: string;
  /** live balance after the last move */
  readonly last: string;
  readonly entries: number;
}

interface BalanceHistory {
  /** live balance at the beginning */
  readonly opening: string;
  /** live balance at the end */
  readonly closing: string;
  /** the first entry, or the creation of the client where that is earlier */
  readonly since: Date;
  /** in order of time; stretches without a move are left out, for the balance stays */
  readonly points: readonly BalancePoint[];
}

/**
 * How the live balance moved between two instants, by when things occurred: at most `points` stretches, each with its
 * lowest, highest and last value, so that no peak is lost. Worked back from the running balance, so that it costs what
 * lies after `from`, however long the history is.
 */
export async function readBalanceHistory(
  q: Queries,
  clientId: string,
  from: Date,
  to: Date,
  points: number,
): Promise<BalanceHistory> {
  const [opening = '0'] = await balancesAt(q, clientId, from);
  const [closing = '0'] = await balancesAt(q, clientId, to);
  const widthMs = Math.max(1, (to.getTime() - from.getTime()) / points);
  const rows = await q<BalancePoint[]>`
    with moves as (
      select id, occurred_at,
        ${opening}::numeric + sum(amount) over (order by occurred_at, id) as live,
        floor(extract(epoch from occurred_at - ${from}::timestamptz) * 1000 / ${widthMs}::float8) as stretch
      from ledger_entries
      where client_id = ${clientId} and kind <> 'invoice' and not internal and occurred_at >= ${from} and occurred_at < ${to}
    )
    select max(occurred_at) as at, min(live) as min, max(live) as max,
      (array_agg(live order by occurred_at desc, id desc))[1] as last, count(*)::int as entries
    from moves group by stretch order by stretch`;
  const since = await firstDataAt(q, clientId);
  return {
    since: since ?? from,
    opening: money(opening),
    closing: money(closing),
    points: rows.map((row) => ({ ...row, min: money(row.min), max: money(row.max), last: money(row.last) })),
  };
}

async function firstDataAt(q: Queries, clientId: string): Promise<Date | null> {
  const [row] = await q<{ at: Date }[]>`
    select least(c.created_at, (select min(e.occurred_at) from ledger_entries e where e.client_id = c.id)) as at
    from clients c where c.id = ${clientId}`;
  return row?.at ?? null;
}

/** The live balance just before an instant. */
async function balancesAt(q: Queries, clientId: string, at: Date): Promise<string[]> {
  const rows = await q<{ live: string }[]>`
    select b.live - coalesce((
      select sum(e.amount) from ledger_entries e
      where e.client_id = b.client_id and e.kind <> 'invoice' and e.occurred_at >= ${at}), 0) as live
    from balances b where b.client_id = ${clientId}`;
  return rows.map(({ live }) => live);
}

function money(text: string): string {
  return formatMoney(moneyOf(text));
}
