import { moneyOf } from '../domain/money.js';
import { dayBefore, type Spending } from '../domain/runway.js';
import type { StateWord } from '../domain/state-word.js';
import { available, clientTables } from './client-measures.js';
import type { Queries } from './database.js';
import { stateNow } from './state-now.js';
import { visibleClients } from './visible.js';

/** What was charged lately, from the sums of days. */

interface SpendingRow {
  readonly clientId: string;
  readonly spent7: string;
  readonly spent30: string;
  readonly firstDay: number;
}

function columns(q: Queries, now: number): ReturnType<Queries> {
  return q`
    coalesce(sum(d.amount) filter (where d.day >= ${dayText(now, 7)}::text::date), 0) as "spent7",
    sum(d.amount) as "spent30", extract(epoch from min(d.day))::float8 * 1000 as "firstDay"`;
}

/** Of those clients that were charged within 30 days. */
export async function readSpending(
  q: Queries,
  clientIds: readonly string[],
  now: number,
): Promise<Map<string, Spending>> {
  const rows = await q<SpendingRow[]>`
    select d.client_id as "clientId", ${columns(q, now)} from charge_days d
    where d.client_id = any (${clientIds as string[]}::bigint[]) and d.day >= ${dayText(now, 30)}::text::date
    group by d.client_id`;
  return new Map(rows.map((row) => [row.clientId, spendingOf(row)]));
}

/** A client whose money will be gone soon, with what the estimate needs. */
export interface ShortRunway {
  readonly clientId: string;
  readonly name: string;
  readonly currency: string;
  readonly state: StateWord;
  readonly available: string;
  readonly spending: Spending;
}

/** Active clients with money and three days of charges, the soonest empty first. */
export async function shortestRunways(
  q: Queries,
  withinId: string,
  filter: { readonly currency: string | null; readonly limit: number },
  now: number,
): Promise<ShortRunway[]> {
  const at = new Date(now);
  const window = (days: number): ReturnType<Queries> => q`
    greatest(${now}::float8 - greatest(s."firstDay", ${dayBefore(now, days)}::float8), 86400000)`;
  const rate = q`coalesce(
    nullif(s."spent7"::float8 / ${window(7)}, 0), s."spent30"::float8 / ${window(30)})`;
  const rows = await q<(SpendingRow & Omit<ShortRunway, 'spending'>)[]>`
    with s as materialized (
      select d.client_id, ${columns(q, now)} from charge_days d
      where d.day >= ${dayText(now, 30)}::text::date group by d.client_id
    )
    select c.id as "clientId", c.name, c.currency, ${stateNow(q, at)} as state, ${available(q)} as available,
      s."spent7", s."spent30", s."firstDay"
    from s, ${clientTables(q, at)}
    where s.client_id = c.id and ${visibleClients(q, withinId)} and c.status = 'active'
      and ${filter.currency === null ? q`true` : q`c.currency = ${filter.currency}`}
      and ${available(q)} > 0 and s."firstDay" <= ${now - leastHistoryMs}::float8
    order by ${available(q)}::float8 / ${rate}, c.id
    limit ${filter.limit}`;
  return rows.map((row) => ({ ...row, spending: spendingOf(row) }));
}

/** Below it nothing is estimated. */
const leastHistoryMs = 3 * 86_400_000;

function spendingOf(row: SpendingRow): Spending {
  return { spent7: moneyOf(row.spent7), spent30: moneyOf(row.spent30), firstDay: row.firstDay };
}

function dayText(now: number, days: number): string {
  return new Date(dayBefore(now, days)).toISOString().slice(0, 10);
}
