import type { ObserveInput, PackedRuleState, PublishInput, StoredMonitor } from '../contract/monitor.js';
import type { StateWord } from '../domain/state-word.js';
import { writeAudit } from './audit.js';
import type { Queries, Sql, Transaction } from './database.js';
import { isLedger } from './live-balance.js';
import { enqueuePoke } from './outbox.js';
import { isOverdue, stateNow } from './state-now.js';

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
  /** null: none in force; '1' where the currencies are the same */
  readonly rate: string | null;
  readonly refillSeq: number;
  readonly chargedAtMs: number;
  /** why the foreign balance was unknown at the last read; null: it was known */
  readonly fault: string | null;
}

/**
 * Reads a batch of clients and writes their scheduled checks to the read model, in one statement. A client that does
 * not exist has no row in the answer.
 */
export async function observeClients(sql: Queries, asked: readonly ObserveInput[]): Promise<Map<string, ObservedRow>> {
  const rows = await sql<ObservedRow[]>`
    with asked as (
      select client_id, to_timestamp(at_ms / 1000.0) as at, to_timestamp(next_ms / 1000.0) as next_at
      from unnest(
        ${asked.map(({ clientId }) => clientId)}::bigint[],
        ${asked.map(({ at }) => at)}::float8[],
        ${asked.map(({ check }) => check?.nextAt ?? null)}::float8[]
      ) as a (client_id, at_ms, next_ms)
    ),
    checked as (
      update monitors m set last_check_at = a.at, next_check_at = a.next_at, seen_at = now()
      from asked a where m.client_id = a.client_id and a.next_at is not null
    )
    select c.id as "clientId", c.external_id as "externalId", c.currency, c.status,
      concat_ws('.', c.version, r.version, o.version, p.id, p.version, t.id, t.version) as version,
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
    left join temporary_credits t on t.client_id = c.id and t.status in ('scheduled', 'active')
    left join balance_faults f on f.client_id = c.id
    left join lateral (
      select e.rate from exchange_rates e
      where e.from_currency = c.currency and e.to_currency = p.currency and e.at <= a.at
      order by e.at desc limit 1
    ) x on p.currency <> c.currency`;
  return new Map(rows.map((row) => [row.clientId, row]));
}

/**
 * Writes what changed of a monitor: its state, its rules, the bounds at which the ledger wakes it. A change told again,
 * by a worker that did not hear that it was written, writes nothing.
 */
export async function publishMonitor(sql: Sql, input: PublishInput): Promise<void> {
  await sql.begin(async (tx) => {
    const at = new Date(input.at);
    // A monitor that was started anew and not checked since: what the last check said still holds.
    const saysNothing = input.verdicts.length === 0 && !input.check;
    const [last] = await tx<{ told: string | null }[]>`
      select told from monitors where client_id = ${input.clientId} for update`;
    if (last?.told === input.id) return;
    await tx`
      update monitors set
        state_since = case when state = ${input.word} then state_since else ${at} end,
        state = ${input.word},
        last_check_at = ${instant(input.lastCheckAt)}, next_check_at = ${instant(input.nextCheckAt)},
        available = ${input.available}, rules = ${tx.json(input.rules)}, verdicts = ${saysNothing ? tx`verdicts` : tx.json(plain(input.verdicts))},
        paused_by = ${input.pausedBy}, silences = ${tx.json(input.silences)}, told = ${input.id},
        seen_at = now()
      where client_id = ${input.clientId}`;
    if (input.wake) await setWakeBounds(tx, input.clientId, input.wake);
    if (input.check) {
      await tx`
        insert into checks (client_id, at, kind, state, available, verdicts)
        values (${input.clientId}, ${at}, ${input.check}, ${input.word}, ${input.available}, ${tx.json(plain(input.verdicts))})`;
    }
    if (input.action) {
      const { actor, name, reason, before, after } = input.action;
      await writeAudit(tx, {
        actor: actor.id,
        source: actor.source,
        action: name,
        subjectType: 'monitor',
        subjectId: input.clientId,
        clientId: input.clientId,
        reason,
        before,
        after,
        ...(actor.requestId !== undefined && { requestId: actor.requestId }),
      });
    }
  });
}

/** A balance that passed the new bounds before they stood there would wake nobody: the monitor is told to look again. */
async function setWakeBounds(
  tx: Transaction,
  clientId: string,
  wake: NonNullable<PublishInput['wake']>,
): Promise<void> {
  const [set] = await tx<{ passed: boolean | null }[]>`
    update balances set wake_below = ${wake.below}, wake_above = ${wake.above}
    where client_id = ${clientId}
      and (wake_below is distinct from ${wake.below}::numeric or wake_above is distinct from ${wake.above}::numeric)
    returning ${isLedger(tx)} and (live <= wake_below or live >= wake_above) as passed`;
  if (set?.passed) await enqueuePoke(tx, clientId, 'balanceChanged');
}

interface StoredRow {
  readonly nextCheckAt: Date | null;
  readonly lastCheckAt: Date | null;
  readonly rules: Record<string, PackedRuleState>;
  readonly handedOver: string[];
  readonly pausedBy: string | null;
  readonly silences: Record<string, number>;
}

/** What an earlier run of the monitor left; null where there was none. */
export async function storedMonitor(sql: Queries, clientId: string): Promise<StoredMonitor | null> {
  const [row] = await sql<StoredRow[]>`
    select m.next_check_at as "nextCheckAt", m.last_check_at as "lastCheckAt", m.rules, m.paused_by as "pausedBy", m.silences,
      array(
        select n.rule from notifications n
        where n.client_id = m.client_id and n.status in ('handing_over', 'accepted', 'uncertain')
          and n.episode = (m.rules -> n.rule ->> 6)::int and n.number = (m.rules -> n.rule ->> 7)::int
      ) as "handedOver"
    from monitors m
    where m.client_id = ${clientId} and (m.last_check_at is not null or m.next_check_at is not null)`;
  return row
    ? { ...row, nextCheckAt: row.nextCheckAt?.getTime() ?? null, lastCheckAt: row.lastCheckAt?.getTime() ?? null }
    : null;
}

/** A client that should be watched and is not seen to be. */
export interface OverdueMonitor {
  readonly clientId: string;
  readonly resellerId: string;
}

/**
 * Clients whose check is overdue by more than `graceMs`, or who were never checked at all, and monitors that go on
 * for deleted clients: all whom a poke would help. One statement, bounded.
 */
export async function overdueMonitors(sql: Queries, graceMs: number, limit: number): Promise<OverdueMonitor[]> {
  return sql<OverdueMonitor[]>`
    select m.client_id as "clientId", c.reseller_id as "resellerId"
    from monitors m join clients c on c.id = m.client_id
    where ${isOverdue(sql, new Date(), graceMs)}
    order by m.next_check_at nulls first
    limit ${limit}`;
}

/** Deleted clients whose monitor has not ended yet. */
export async function monitorsToEnd(sql: Queries, limit: number): Promise<OverdueMonitor[]> {
  return sql<OverdueMonitor[]>`
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
export async function countStates(sql: Queries, atMs: number): Promise<Map<StateWord, number>> {
  const rows = await sql<{ state: StateWord; clients: number }[]>`
    select ${stateNow(sql, new Date(atMs))} as state, count(*)::int as clients
    from monitors m join clients c on c.id = m.client_id
    where c.status <> 'deleted' group by 1`;
  return new Map(rows.map((row) => [row.state, row.clients]));
}

function instant(ms: number | null): Date | null {
  return ms === null ? null : new Date(ms);
}

/** A copy whose type the driver takes for JSON. */
function plain(verdicts: PublishInput['verdicts']): Record<string, string | number | string[]>[] {
  return verdicts.map(({ except, ...verdict }) => ({ ...verdict, ...(except && { except: [...except] }) }));
}
