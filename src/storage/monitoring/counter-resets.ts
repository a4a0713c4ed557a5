import type { CounterReset, ResetCause } from '../../domain/monitoring/rule-state.js';
import { actorName } from '../access/actor-name.js';
import type { Queries } from '../system/database.js';

/** A counter that was set to 0, by what happened or by a person. */
export interface CounterResetRow {
  readonly at: Date;
  readonly rule: string;
  readonly cause: ResetCause | 'manual';
  /** notifications that counted until then */
  readonly count: number;
  /** of a payment: as the payment system named it */
  readonly paymentId: string | null;
  /** who reset it by hand; null: no one did */
  readonly actor: string | null;
  readonly actorName: string | null;
  readonly reason: string | null;
}

interface Stretch {
  readonly clientId: string;
  readonly from: Date;
  /** not included */
  readonly to: Date;
}

/** The newest `limit` resets of a client's counters, newest first; names of people as far as the reseller sees them. */
export async function readCounterResets(
  q: Queries,
  { clientId, from, to }: Stretch,
  resellerId: string,
  limit: number,
): Promise<CounterResetRow[]> {
  const [automatic, manual] = await Promise.all([
    q<(Pick<CounterResetRow, 'at' | 'paymentId'> & { readonly reset: CounterReset })[]>`
      select k.at, r.reset, case when r.reset ->> 'cause' = 'payment' then (
          -- Refills are numbered from the first payment on: counted back from the newest, few rows are read.
          select e.external_id from ledger_entries e
          where e.client_id = k.client_id and e.kind = 'payment' order by e.id desc
          limit 1 offset greatest(0, (select b.refill_seq from balances b where b.client_id = k.client_id)
            - (r.reset ->> 'refill')::bigint)) end as "paymentId"
      from checks k cross join jsonb_array_elements(k.resets) as r (reset)
      where k.client_id = ${clientId} and k.resets is not null and k.at >= ${from} and k.at < ${to}
      order by k.at desc limit ${limit}`,
    q<Omit<CounterResetRow, 'cause' | 'paymentId'>[]>`
      select a.at, a.before ->> 'rule' as rule, (a.before ->> 'count')::int as count, a.actor,
        ${actorName(q, q`a.actor`, resellerId)} as "actorName", a.reason
      from audit a
      where a.client_id = ${clientId} and a.action = 'rule.reset' and a.at >= ${from} and a.at < ${to}
        and (a.before ->> 'count')::int > 0
      order by a.id desc limit ${limit}`,
  ]);
  const rows: CounterResetRow[] = [
    ...automatic.map(({ at, paymentId, reset: { rule, cause, count } }) => ({
      at,
      rule,
      cause,
      count,
      paymentId,
      actor: null,
      actorName: null,
      reason: null,
    })),
    ...manual.map((row) => ({ ...row, cause: 'manual' as const, paymentId: null })),
  ];
  return rows.sort((a, b) => b.at.getTime() - a.at.getTime()).slice(0, limit);
}

/** A counter that a payment set to 0. */
export interface PaymentReset {
  readonly at: Date;
  readonly rule: string;
  /** notifications that counted until then */
  readonly count: number;
}

/** The counters that one payment reset, as far as the history of checks reaches back. */
export async function readPaymentResets(q: Queries, clientId: string, entryId: string): Promise<PaymentReset[]> {
  return q<PaymentReset[]>`
    with payment as (
      -- Its sequence among the client's refills, counted back from the newest.
      select e.recorded_at, b.refill_seq - (
        select count(*) from ledger_entries newer
        where newer.client_id = e.client_id and newer.kind = 'payment' and newer.id > e.id) as refill
      from ledger_entries e join balances b on b.client_id = e.client_id
      where e.client_id = ${clientId} and e.kind = 'payment' and e.id = ${entryId}
    )
    select k.at, r.reset ->> 'rule' as rule, (r.reset ->> 'count')::int as count
    from payment p join checks k on k.client_id = ${clientId} and k.resets is not null
      -- The clock of the worker may be behind that of the database.
      and k.at >= p.recorded_at - interval '1 minute'
    cross join jsonb_array_elements(k.resets) as r (reset)
    where r.reset ->> 'cause' = 'payment' and (r.reset ->> 'refill')::bigint = p.refill
    order by k.at, rule`;
}
