import type { Queries } from '../system/database.js';

/** Units of `to` for one of `from` at an instant; '1' where they are the same, null where no rate is in force. */
export async function currentRate(sql: Queries, from: string, to: string, atMs: number): Promise<string | null> {
  if (from === to) return '1';
  const [row] = await sql<{ rate: string }[]>`
    select rate from exchange_rates
    where from_currency = ${from} and to_currency = ${to} and at <= ${new Date(atMs)}
    order by at desc limit 1`;
  return row?.rate ?? null;
}
