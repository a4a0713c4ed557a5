import type { Fragment } from 'postgres';
import type { Queries } from '../system/database.js';

/** Units of `to` for one of `from` at an instant; '1' where they are the same, null where there is no current rate. */
export async function currentRate(sql: Queries, from: string, to: string, atMs: number): Promise<string | null> {
  if (from === to) return '1';
  const [row] = await sql<{ rate: string }[]>`${rateAt(sql, sql`${from}`, sql`${to}`, sql`${new Date(atMs)}`)}`;
  return row?.rate ?? null;
}

/** The rate of two different currencies at an instant, as a query of one column, `rate`: to be joined, or as a value. */
export function rateAt(q: Queries, from: Fragment, to: Fragment, at: Fragment): Fragment {
  return q`(select e.rate from exchange_rates e
    where e.from_currency = ${from} and e.to_currency = ${to} and e.at <= ${at}
    order by e.at desc limit 1)`;
}
