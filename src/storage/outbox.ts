import type { Fragment } from 'postgres';
import type { Queries } from './database.js';

/**
 * What still has to be told to monitors. A row is written in the transaction of what it tells of, and deleted when
 * Temporal has acknowledged the signal.
 *
 * A poke is never lost, whatever runs at the same time:
 * - one row a client and kind waits (`attempts = 0`); whoever pokes again holds that row locked until its own commit,
 *   so that the dispatcher cannot send the poke before there is something to see;
 * - `takeDue` counts the attempt, and commits, before anything is sent: from then on the row no longer stands for
 *   later changes, a poke that arrives meanwhile is a row of its own;
 * - a taken row comes up again by itself when its lease ends, should the dispatcher die.
 */

export const pokeKinds = ['refilled', 'balanceChanged', 'configurationChanged'] as const;
export type PokeKind = (typeof pokeKinds)[number];

/** The dispatcher listens on this channel; PostgreSQL tells it when a transaction that poked has committed. */
export const outboxChannel = 'lowwater_outbox';

export interface Poke {
  readonly clientId: string;
  readonly kind: PokeKind;
}

export interface PokeOptions {
  /** not to be sent before so many ms have passed; default 0 */
  readonly delayMs?: number;
}

/** Queues one kind of poke for one client or many. Call it in the transaction of what changed. */
export async function enqueuePoke(
  q: Queries,
  clientIds: string | readonly string[],
  kind: PokeKind,
  options: PokeOptions = {},
): Promise<void> {
  const ids = typeof clientIds === 'string' ? [clientIds] : clientIds;
  await enqueuePokes(
    q,
    ids.map((clientId) => ({ clientId, kind })),
    options,
  );
}

/** Queues pokes of several kinds at once; repeated ones count once. */
export async function enqueuePokes(q: Queries, pokes: readonly Poke[], options: PokeOptions = {}): Promise<void> {
  if (pokes.length === 0) return;
  const rows = pokes.map(({ clientId, kind }) => ({ client_id: clientId, kind }));
  // Ordered, as every writer does, so that two of them never wait for each other.
  await q`
    insert into outbox (client_id, kind, next_attempt_at)
    select distinct client_id, kind, now() + ${options.delayMs ?? 0} * interval '1 ms'
    from jsonb_to_recordset(${q.json(rows)}) as poke(client_id bigint, kind text)
    order by client_id, kind
    on conflict (client_id, kind) where attempts = 0
    do update set next_attempt_at = least(outbox.next_attempt_at, excluded.next_attempt_at)`;
  await wakeDispatcher(q);
}

/**
 * Queues a poke for all clients that are not deleted and fulfil a condition on `clients c`, in one statement.
 *
 * @example
 * await enqueuePokeWhere(tx, 'configurationChanged', tx`c.profile_id = ${profileId}`);
 * @returns how many clients it concerns
 */
export async function enqueuePokeWhere(
  q: Queries,
  kind: PokeKind,
  condition: Fragment,
  options: PokeOptions = {},
): Promise<number> {
  const { count } = await q`
    insert into outbox (client_id, kind, next_attempt_at)
    select c.id, ${kind}, now() + ${options.delayMs ?? 0} * interval '1 ms'
    from clients c
    where c.status <> 'deleted' and (${condition})
    order by c.id
    on conflict (client_id, kind) where attempts = 0
    do update set next_attempt_at = least(outbox.next_attempt_at, excluded.next_attempt_at)`;
  if (count > 0) await wakeDispatcher(q);
  return count;
}

async function wakeDispatcher(q: Queries): Promise<void> {
  await q`select pg_notify(${outboxChannel}, '')`;
}

/** What one client's monitor is to be told, from one row or several. */
export interface DuePoke {
  readonly clientId: string;
  /** null: the client is unknown by now */
  readonly resellerId: string | null;
  /** in the order of `pokeKinds` */
  readonly kinds: readonly PokeKind[];
  /** rows to acknowledge or to postpone */
  readonly ids: readonly string[];
  /** of the row that was tried most often, this attempt included */
  readonly attempts: number;
}

interface DueRow {
  readonly id: string;
  readonly client_id: string;
  readonly reseller_id: string | null;
  readonly kind: PokeKind;
  readonly attempts: number;
}

/**
 * Takes up to `limit` rows that are due, oldest first, grouped by client; several dispatchers never get the same row.
 * Call it outside of a transaction: it has to be committed before anything is sent.
 *
 * @param leaseMs when a row that was neither acknowledged nor postponed comes up again
 */
export async function takeDue(q: Queries, limit: number, leaseMs = 30_000): Promise<DuePoke[]> {
  const rows = await q<DueRow[]>`
    with due as (
      select id, next_attempt_at from outbox where next_attempt_at <= now()
      order by next_attempt_at, id limit ${limit}
      for update skip locked
    ),
    taken as (
      update outbox o
      set attempts = o.attempts + 1, next_attempt_at = now() + ${leaseMs} * interval '1 ms'
      from due where o.id = due.id
      returning o.id, o.client_id, o.kind, o.attempts, due.next_attempt_at as was_due
    )
    select t.id, t.client_id, c.reseller_id, t.kind, t.attempts
    from taken t left join clients c on c.id = t.client_id
    order by t.was_due, t.id`;
  return groupByClient(rows);
}

function groupByClient(rows: readonly DueRow[]): DuePoke[] {
  const groups = new Map<string, DueRow[]>();
  for (const row of rows) {
    const group = groups.get(row.client_id);
    if (group) group.push(row);
    else groups.set(row.client_id, [row]);
  }
  return [...groups].map(([clientId, group]) => ({
    clientId,
    resellerId: group[0]?.reseller_id ?? null,
    kinds: pokeKinds.filter((kind) => group.some((row) => row.kind === kind)),
    ids: group.map((row) => row.id),
    attempts: Math.max(...group.map((row) => row.attempts)),
  }));
}

/** The monitor was told. */
export async function acknowledge(q: Queries, ids: readonly string[]): Promise<void> {
  if (ids.length === 0) return;
  await q`delete from outbox where id = any(${ids}::bigint[])`;
}

/** It could not be told: the rows come up again after `delayMs`. */
export async function postpone(q: Queries, ids: readonly string[], error: string, delayMs: number): Promise<void> {
  if (ids.length === 0) return;
  await q`
    update outbox set next_attempt_at = now() + ${delayMs} * interval '1 ms', last_error = ${error.slice(0, 500)}
    where id = any(${ids}::bigint[])`;
}

export interface OutboxStats {
  /** rows that wait, those that are being sent included */
  readonly depth: number;
  /** age of the oldest in seconds; 0 when there is none */
  readonly oldestSeconds: number;
  /** rows that were tried more than once */
  readonly retrying: number;
}

export async function outboxStats(q: Queries): Promise<OutboxStats> {
  const [row] = await q<{ depth: number; oldest: number; retrying: number }[]>`
    select count(*)::int as depth,
           coalesce(extract(epoch from now() - min(created_at)), 0)::float8 as oldest,
           (count(*) filter (where attempts > 1))::int as retrying
    from outbox`;
  return { depth: row?.depth ?? 0, oldestSeconds: Math.max(0, row?.oldest ?? 0), retrying: row?.retrying ?? 0 };
}
