import type { Fragment } from 'postgres';
import { dayMs, hourMs } from '../../domain/durations.js';
import { moneyOf } from '../../domain/money.js';
import { dayBefore, leastDays, mostDays, type Spending } from '../../domain/clients/runway.js';
import type { ClientState } from '../../domain/monitoring/client-state.js';
import { available, clientTables } from './client-measures.js';
import type { Queries } from '../system/database.js';
import { isLedger } from '../ledger/live-balance.js';
import { stateNow } from '../monitoring/state-now.js';
import { visibleClients } from '../system/tenancy.js';

/** What was charged lately, from the sums of days; the trigger `add_to_charge_day` writes `charge_days`. */

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

/**
 * What `estimateRunway` says of `clientTables`, in days, to sort by; null: it is unknown, or has no end. As of the beginning
 * of the hour, so that the pages of one list fit together.
 */
export function runwayDays(q: Queries, at: Date): Fragment {
  const hour = new Date(Math.floor(at.getTime() / hourMs) * hourMs);
  const [weekAgo, monthAgo] = [dayText(hour.getTime(), 7), dayText(hour.getTime(), 30)];
  const daysSince = (first: Fragment): Fragment =>
    q`greatest(extract(epoch from ${hour}::timestamptz - ${first}::timestamp at time zone 'UTC') / 86400, 1)`;
  return q`(
    select round(case
      when c.balance_model = 'unlimited' or not ${isLedger(q)} then null
      when ${available(q)} <= 0 then 0
      when ${daysSince(q`s.first`)} < ${leastHistoryMs / dayMs} then null
      when s.spent7 > 0
        then least(${available(q)} * ${daysSince(q`greatest(s.first, ${weekAgo}::text::date)`)} / s.spent7, ${mostDays})
      else least(${available(q)} * ${daysSince(q`s.first`)} / nullif(s.spent30, 0), ${mostDays}) end, 6)
    from (
      select min(d.day) as first, coalesce(sum(d.amount) filter (where d.day >= ${weekAgo}::text::date), 0) as spent7,
        sum(d.amount) as spent30
      from charge_days d where d.client_id = c.id and d.day >= ${monthAgo}::text::date) s)`;
}

/** A client with a short runway, with what the estimate needs. */
interface ShortRunway {
  readonly clientId: string;
  readonly name: string;
  readonly currency: string;
  readonly state: ClientState;
  readonly available: string;
  readonly spending: Spending;
}

/**
 * Active clients with a positive available balance, three days of charges and one within the last 7, the soonest empty
 * first. They are ordered by the sums of a week: the month is read of those only that are shown. None where an external
 * source returns the balances, for the charges then are not in it.
 */
export async function shortestRunways(
  q: Queries,
  withinId: string,
  filter: { readonly currency: string | null; readonly limit: number },
  now: number,
): Promise<ShortRunway[]> {
  const weekAgo = dayBefore(now, 7);
  const windowMs = q`greatest(${now}::float8 - greatest(s."firstDay", ${weekAgo}::float8), 86400000)`;
  const rows = await q<Omit<ShortRunway, 'spending'>[]>`
    with week as (
      select d.client_id, sum(d.amount) as spent, min(d.day) as first from charge_days d
      where d.day >= ${dayText(now, 7)}::text::date group by d.client_id
    ),
    s as materialized (
      select w.client_id, w.spent::float8 as spent, extract(epoch from case
        when w.first = ${dayText(now, 7)}::text::date then w.first
        else (select min(d.day) from charge_days d
          where d.client_id = w.client_id and d.day >= ${dayText(now, 30)}::text::date)
      end)::float8 * 1000 as "firstDay"
      from week w
    )
    select c.id as "clientId", c.name, c.currency, ${stateNow(q, new Date(now))} as state, ${available(q)} as available
    from s join (${clientTables(q, new Date(now))}) on c.id = s.client_id
    where ${isLedger(q)} and ${visibleClients(q, withinId)} and c.status = 'active'
      and ${filter.currency === null ? q`true` : q`c.currency = ${filter.currency}`}
      and ${available(q)} > 0 and s."firstDay" <= ${now - leastHistoryMs}::float8
    order by ${available(q)}::float8 * ${windowMs} / s.spent, c.id
    limit ${filter.limit}`;
  const spending = await readSpending(
    q,
    rows.map((row) => row.clientId),
    now,
  );
  return rows.flatMap((row) => {
    const spent = spending.get(row.clientId);
    return spent ? [{ ...row, spending: spent }] : [];
  });
}

/** Below it nothing is estimated. */
const leastHistoryMs = leastDays * dayMs;

function spendingOf(row: SpendingRow): Spending {
  return { spent7: moneyOf(row.spent7), spent30: moneyOf(row.spent30), firstDay: row.firstDay };
}

function dayText(now: number, days: number): string {
  return new Date(dayBefore(now, days)).toISOString().slice(0, 10);
}
