import type { Fragment } from 'postgres';
import type { Queries, Sql, Transaction } from '../system/database.js';
import { inTransaction } from '../system/transaction.js';
import { resolveMissingRate } from '../events/missing-rate.js';
import { enqueueSignalWhere } from '../monitoring/outbox.js';
import type { ListQuery } from '../system/paging.js';
import { subtree, visibleClients } from '../system/tenancy.js';

/** `1 from = rate to`, effective from `at` until the next rate of the pair. */
export interface RateRow {
  readonly from: string;
  readonly to: string;
  readonly rate: string;
  readonly at: Date;
  readonly createdBy: string;
  readonly createdAt: Date;
}

export interface NewRate {
  readonly from: string;
  readonly to: string;
  /** positive decimal string of at most 9 digits and 12 decimals */
  readonly rate: string;
  /** a whole second, as the monitor's clock has */
  readonly at: Date;
}

/** Null when the pair has a rate from that instant on already. */
export async function insertRate(
  tx: Transaction,
  rate: NewRate,
  { createdBy, awaited }: { readonly createdBy: string; readonly awaited: boolean },
): Promise<RateRow | null> {
  const [row] = await tx<RateRow[]>`
    insert into exchange_rates (from_currency, to_currency, at, rate, created_by, awaited)
    values (${rate.from}, ${rate.to}, ${rate.at}, ${rate.rate}, ${createdBy}, ${awaited})
    on conflict do nothing
    returning ${columns(tx)}`;
  return row ?? null;
}

/** The rate of a pair that begins at exactly that instant. */
export async function findRate(q: Queries, { from, to, at }: Omit<NewRate, 'rate'>): Promise<RateRow | null> {
  const [row] = await q<RateRow[]>`
    select ${columns(q)} from exchange_rates
    where from_currency = ${from} and to_currency = ${to} and at = ${at}`;
  return row ?? null;
}

/**
 * Signals the monitors of clients whose balance a rate of the pair converts. Call it in the transaction of the rate.
 */
export async function signalConverted(tx: Transaction, pair: Pick<RateRow, 'from' | 'to'>): Promise<void> {
  await enqueueSignalWhere(tx, 'configurationChanged', converted(tx, pair));
}

/**
 * A monitor's clock goes by whole seconds, and may be a little late: it is not to look before the rate has begun for
 * it.
 */
const settleMs = 2000;

/** Clients whose balance a rate of the pair converts: their monitors evaluate at the new rate. */
function converted(q: Queries, { from, to }: Pick<RateRow, 'from' | 'to'>): Fragment {
  return q`
    c.currency = ${from} and exists (select 1 from profiles p where p.id = c.profile_id and p.currency = ${to})`;
}

/**
 * Signals the monitors whose balances a rate converts that has become effective since.
 *
 * @param atMs rates up to this instant are effective; absent: up to now, or a little before
 */
export async function signalForEffectiveRates(sql: Sql, atMs?: number): Promise<void> {
  const latest = atMs === undefined ? sql`now() - ${settleMs} * interval '1 ms'` : sql`${new Date(atMs)}`;
  const due = sql`awaited and at <= ${latest}`;
  if ((await sql`select 1 from exchange_rates where ${due} limit 1`).length === 0) return;
  await inTransaction(sql, async (tx) => {
    const begun = await tx<Pick<RateRow, 'from' | 'to'>[]>`
      update exchange_rates set awaited = false where ${due} returning from_currency as "from", to_currency as "to"`;
    for (const pair of begun) {
      await resolveMissingRate(tx, pair.from, pair.to, new Date());
      await signalConverted(tx, pair);
    }
  });
}

function columns(q: Queries): ReturnType<Queries> {
  return q`
    from_currency as "from", to_currency as "to", rate::text as rate, at, created_by as "createdBy", created_at as "createdAt"`;
}

interface RateFilter {
  readonly from: string | null;
  readonly to: string | null;
}

export function rateList(q: Queries, filter: RateFilter): ListQuery<RateRow, 'at'> {
  const wanted = q`
    (${filter.from}::text is null or from_currency = ${filter.from})
    and (${filter.to}::text is null or to_currency = ${filter.to})`;
  return {
    columns: {
      at: { expression: q`at`, type: 'timestamptz' },
      id: { expression: q`from_currency || to_currency`, type: 'text' },
    },
    select: ({ within, orderBy, limit, position }) => q`
      select ${columns(q)}, ${position} as position from exchange_rates
      where ${wanted} and ${within} order by ${orderBy} limit ${limit}`,
    count: () => q`select count(*)::int as total from exchange_rates where ${wanted}`,
  };
}

/** The rate of every pair that is current at an instant. */
export async function ratesInForce(q: Queries, filter: RateFilter, atMs: number): Promise<RateRow[]> {
  return q<RateRow[]>`
    select distinct on (from_currency, to_currency) ${columns(q)} from exchange_rates
    where at <= ${new Date(atMs)}
      and (${filter.from}::text is null or from_currency = ${filter.from})
      and (${filter.to}::text is null or to_currency = ${filter.to})
    order by from_currency, to_currency, at desc`;
}

/** A pair by which balances are converted: clients of one currency under profiles of another, and balances of companies. */
export interface NeededRate {
  readonly from: string;
  readonly to: string;
  readonly clients: number;
  readonly profiles: number;
  /** with a threshold, or a mutual balance, that needs the pair */
  readonly companies: number;
  /** current rate; null: none, so that these clients are not monitored */
  readonly rate: string | null;
  readonly at: Date | null;
}

/** Pairs that clients and companies need, those without a rate first. A client without limit, or deleted, needs none. */
export async function neededRates(q: Queries, withinId: string, atMs: number): Promise<NeededRate[]> {
  return q<NeededRate[]>`
    with used as (
      select c.currency as "from", p.currency as "to", c.id as client, p.id as profile, null::bigint as company
      from clients c join profiles p on p.id = c.profile_id
      where c.currency <> p.currency and c.status <> 'deleted' and c.balance_model <> 'unlimited'
        and ${visibleClients(q, withinId)}
      union all
      select pair.*, null, null, p.id from companies p
      join company_sides s on s.company_id = p.id and s.enabled and s.threshold is not null
      cross join lateral (values
        (case s.side when 'their' then p.their_currency when 'our' then p.our_currency else p.currency end, s.currency),
        (case when s.side = 'mutual' then p.their_currency end, p.currency),
        (case when s.side = 'mutual' then p.our_currency end, p.currency)) pair ("from", "to")
      where pair."from" <> pair."to" and p.status <> 'deleted' and p.reseller_id in (${subtree(q, withinId)})),
    needed as (
      select "from", "to", count(distinct client)::int as clients, count(distinct profile)::int as profiles,
        count(distinct company)::int as companies
      from used group by 1, 2)
    select needed.*, current.rate::text as rate, current.at
    from needed left join lateral (
      select rate, at from exchange_rates
      where from_currency = needed."from" and to_currency = needed."to" and at <= ${new Date(atMs)}
      order by at desc limit 1) current on true
    order by current.rate is not null, clients desc, companies desc, needed."from", needed."to"`;
}
