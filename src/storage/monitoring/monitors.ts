import type { ObserveInput, RecordCheckInput } from '../../contract/monitor.js';
import type { ClientState } from '../../domain/monitoring/client-state.js';
import type { Queries } from '../system/database.js';
import { rateAt } from '../rates/current-rate.js';
import { silencesVersion } from '../silences/covered-clients.js';
import { stateNow } from './state-now.js';

/** What the database knows of one client at one instant. */
export interface ObservedRow {
  readonly clientId: string;
  readonly externalId: string | null;
  readonly currency: string;
  readonly status: 'active' | 'stop' | 'deleted';
  /** names one state of everything the configuration is made of */
  readonly version: string;
  readonly live: string;
  readonly creditLimit: string;
  readonly temporaryCredit: string;
  /** null: no current rate; '1' where the currencies are the same */
  readonly rate: string | null;
  readonly refillSeq: number;
  readonly chargedAtMs: number;
  /** why the foreign balance was unknown at the last read; null: it was known */
  readonly fault: string | null;
}

/**
 * Reads a batch of clients, and writes to the read model that they were evaluated and when their scheduled checks were,
 * in one statement. A client that does not exist has no row in the answer.
 */
export async function recordChecksAndObserve(
  sql: Queries,
  asked: readonly (ObserveInput | RecordCheckInput)[],
): Promise<Map<string, ObservedRow>> {
  const rows = await sql<ObservedRow[]>`
    with asked as (
      select client_id, task, to_timestamp(at_ms / 1000.0) as at, to_timestamp(next_ms / 1000.0) as next_at
      from unnest(
        ${asked.map(({ clientId }) => clientId)}::bigint[],
        ${asked.map(({ task }) => task)}::bigint[],
        ${asked.map(({ at }) => at)}::float8[],
        ${asked.map((input) => ('check' in input ? input.check.nextAt : null))}::float8[]
      ) as a (client_id, task, at_ms, next_ms)
    ),
    seen as (
      update monitors m set
        seen_at = case when m.read_task is distinct from a.task then now() else m.seen_at end,
        read_repeats = case when m.read_task is distinct from a.task then 0 else m.read_repeats + 1 end,
        read_task = a.task, next_check_at = coalesce(a.next_at, m.next_check_at),
        last_check_at = case when a.next_at is null then m.last_check_at else a.at end
      from asked a where m.client_id = a.client_id
    )
    select c.id as "clientId", c.external_id as "externalId", c.currency, c.status,
      concat_ws('.', c.version, r.version, o.version, p.id, p.version, t.id, t.version, 'a' || ap.version,
        ${silencesVersion(sql, sql`a.at`)}) as version,
      b.live, c.credit_limit as "creditLimit",
      case when t.valid_from <= a.at and a.at < t.valid_until then t.amount else 0 end as "temporaryCredit",
      case when p.id is null or p.currency = c.currency then '1' else x.rate::text end as rate,
      b.refill_seq::float8 as "refillSeq",
      floor(extract(epoch from coalesce(b.last_charge_at, c.created_at)))::float8 * 1000 as "chargedAtMs",
      f.reason as fault
    from asked a
    join clients c on c.id = a.client_id
    join balances b on b.client_id = c.id
    join resellers r on r.id = c.reseller_id
    left join resellers o on o.id = c.manager_id
    left join profiles p on p.id = c.profile_id
    left join auto_payments ap on ap.client_id = c.id
    left join temporary_credits t on t.client_id = c.id and t.status in ('scheduled', 'active')
    left join balance_faults f on f.client_id = c.id
    left join lateral ${rateAt(sql, sql`c.currency`, sql`p.currency`, sql`a.at`)} x on p.currency <> c.currency`;
  return new Map(rows.map((row) => [row.clientId, row]));
}

/** Deleted clients whose monitor has not ended yet. */
export async function monitorsToEnd(sql: Queries, limit: number): Promise<{ clientId: string; resellerId: string }[]> {
  return sql<{ clientId: string; resellerId: string }[]>`
    select m.client_id as "clientId", c.reseller_id as "resellerId"
    from monitors m join clients c on c.id = m.client_id
    where c.status = 'deleted' and m.next_check_at is not null
    limit ${limit}`;
}

/** The last word of a monitor whose client was deleted. */
export async function endMonitor(sql: Queries, clientId: string): Promise<void> {
  await sql`update monitors set next_check_at = null, seen_at = now() where client_id = ${clientId}`;
  await sql`update balances set wake_below = null, wake_above = null where client_id = ${clientId}`;
}

/** How many clients are in each state at that instant. */
export async function countStates(sql: Queries, atMs: number): Promise<Map<ClientState, number>> {
  const rows = await sql<{ state: ClientState; clients: number }[]>`
    select ${stateNow(sql, new Date(atMs))} as state, count(*)::int as clients
    from monitors m join clients c on c.id = m.client_id
    where c.status <> 'deleted' group by 1`;
  return new Map(rows.map((row) => [row.state, row.clients]));
}
