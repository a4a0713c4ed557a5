import type { Fragment } from 'postgres';
import type { Queries, Sql } from '../system/database.js';
import { inTransaction } from '../system/transaction.js';

/**
 * Signals that monitors still have to get. A row is written in the transaction of the change it announces, and deleted
 * when Temporal has acknowledged the signal. `signal-claims.ts` has the dispatcher's side.
 *
 * A signal is never lost, whatever runs at the same time:
 * - one row per client, kind and origin waits (`attempts = 0`); a writer that enqueues it again holds that row locked
 *   until its own commit, so that the signal cannot leave before its change is visible;
 * - a claim counts the attempt, and commits, before anything is sent: from then on the row no longer covers later
 *   changes, which get their own row;
 * - a claimed row becomes due again when its lease ends, should the dispatcher die.
 */

export type SignalKind = 'balanceChanged' | 'configurationChanged';

/**
 * `client`: a change of the client's own payments, credit, charges or fields. `fleet`: a change that concerns many
 * clients (profile, exchange rate, reseller, user, balance source). Each origin has its own rows, so that a signal of
 * a client neither queues behind those of the fleet nor waits for the transaction that writes them.
 */
export type SignalOrigin = 'client' | 'fleet';

/**
 * The dispatcher listens on this channel; PostgreSQL notifies it when a transaction that enqueued has committed. The
 * payload is the origin of the signals.
 */
export const outboxChannel = 'lowwater_outbox';

export interface MonitorSignal {
  readonly clientId: string;
  readonly kind: SignalKind;
}

interface SignalOptions {
  /** not to be sent before so many ms have passed; default 0 */
  readonly delayMs?: number;
  /** default `client` */
  readonly origin?: SignalOrigin;
}

/** Enqueues one kind of signal for one client or several. Call it in the transaction of what changed. */
export async function enqueueSignal(
  q: Queries,
  clientIds: string | readonly string[],
  kind: SignalKind,
  options: SignalOptions = {},
): Promise<void> {
  const ids = typeof clientIds === 'string' ? [clientIds] : clientIds;
  await enqueueSignals(
    q,
    ids.map((clientId) => ({ clientId, kind })),
    options,
  );
}

/** Enqueues signals of several kinds at once; repeated ones count once. */
export async function enqueueSignals(
  q: Queries,
  signals: readonly MonitorSignal[],
  options: SignalOptions = {},
): Promise<void> {
  if (signals.length === 0) return;
  const rows = signals.map(({ clientId, kind }) => ({ client_id: clientId, kind }));
  // In one order, as every writer does, so that two of them never wait for each other.
  await q`
    insert into outbox (client_id, kind, origin, next_attempt_at)
    select distinct client_id, kind, ${options.origin ?? 'client'}, now() + ${options.delayMs ?? 0} * interval '1 ms'
    from jsonb_to_recordset(${q.json(rows)}) as signal(client_id bigint, kind text)
    order by client_id, kind
    ${onceWaiting(q)}`;
  await wakeDispatcher(q, options.origin ?? 'client');
}

/**
 * Enqueues a signal of the fleet for all clients that are not deleted and meet a condition on `clients c`.
 *
 * @example
 * await enqueueSignalWhere(tx, 'configurationChanged', tx`c.profile_id = ${profileId}`);
 * @returns the number of these clients
 */
export async function enqueueSignalWhere(q: Queries, kind: SignalKind, condition: Fragment): Promise<number> {
  const { count } = await q`
    insert into outbox (client_id, kind, origin)
    select c.id, ${kind}, 'fleet'
    from clients c
    where c.status <> 'deleted' and (${condition})
    order by c.id
    ${onceWaiting(q)}`;
  if (count > 0) await wakeDispatcher(q, 'fleet');
  return count;
}

/** The clients that a signal recorded once for the fleet reaches: all, or those whose balance is unknown. */
type SignalAudience = 'all' | 'balance_unknown';

/** Records one signal for many clients in one row; `expandFleetSignals` makes a row of each client later. */
export async function enqueueFleetSignal(q: Queries, kind: SignalKind, audience: SignalAudience): Promise<void> {
  await q`
    insert into outbox (audience, kind, origin) values (${audience}, ${kind}, 'fleet')
    on conflict (audience, kind) where audience is not null do nothing`;
  await wakeDispatcher(q, 'fleet');
}

/** Replaces the rows recorded once for the fleet by one row per client. */
export async function expandFleetSignals(sql: Sql): Promise<void> {
  await inTransaction(sql, async (tx) => {
    const recorded = await tx<{ audience: SignalAudience; kind: SignalKind }[]>`
      delete from outbox where audience is not null returning audience, kind`;
    for (const { audience, kind } of recorded) await enqueueSignalWhere(tx, kind, reachedBy(tx, audience));
  });
}

function reachedBy(q: Queries, audience: SignalAudience): Fragment {
  return audience === 'all' ? q`true` : q`exists (select 1 from balance_faults f where f.client_id = c.id)`;
}

function onceWaiting(q: Queries): Fragment {
  return q`
    on conflict (client_id, kind, origin) where attempts = 0
    do update set next_attempt_at = least(outbox.next_attempt_at, excluded.next_attempt_at)`;
}

/** For rows that were written; the enqueueing functions here do it themselves. */
export async function wakeDispatcher(q: Queries, origin: SignalOrigin): Promise<void> {
  await q`select pg_notify(${outboxChannel}, ${origin})`;
}

export interface OutboxStats {
  /** rows that wait, those that are being sent included */
  readonly depth: number;
  /**
   * longest delay in seconds; 0 when nothing waits. A row of the fleet that only waits for its turn is not delayed:
   * what counts is the time since one of them left
   */
  readonly oldestSeconds: number;
  /** rows that were tried more than once */
  readonly retrying: number;
}

export async function outboxStats(q: Queries): Promise<OutboxStats> {
  const [row] = await q<{ depth: number; oldest: number; retrying: number }[]>`
    select count(*)::int as depth,
           coalesce(extract(epoch from now() - min(
             case when origin = 'fleet' and attempts < 2 then greatest(created_at, free_at) else created_at end
           )), 0)::float8 as oldest,
           (count(*) filter (where attempts > 1))::int as retrying
    from outbox cross join fleet_signal_gate`;
  return { depth: row?.depth ?? 0, oldestSeconds: Math.max(0, row?.oldest ?? 0), retrying: row?.retrying ?? 0 };
}
