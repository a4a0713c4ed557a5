import type { ClientState } from '../../domain/monitoring/client-state.js';
import type { Queries } from '../system/database.js';
import type { NotificationStatus } from '../notifications/notifications.js';
import { mailConditions, subjectTables, type NotificationFilter } from '../notifications/notifications-read.js';
import { visibleClients } from '../system/tenancy.js';

/** Numbers over time, in stretches of equal length, none left out. */

/** Stretches of `stepMs` from `from` on; the last one may reach into the future. */
export interface Stretches {
  readonly from: Date;
  readonly stepMs: number;
  readonly count: number;
}

export type Counts<Word extends string> = Partial<Record<Word, number>>;

/** When the first client was created, deleted ones included: nothing was observed before. Null: there is none. */
export async function firstClientAt(q: Queries, withinId: string): Promise<Date | null> {
  const [row] = await q<{ at: Date | null }[]>`
    select min(c.created_at) as at from clients c where ${visibleClients(q, withinId)}`;
  return row?.at ?? null;
}

/**
 * By when the check was due, every stretch with the notifications of each status; the filter's own times do not matter.
 * The trigger `refresh_notification` writes the status.
 */
export async function mailsOverTime(
  q: Queries,
  withinId: string,
  stretches: Stretches,
  filter: NotificationFilter,
): Promise<Counts<NotificationStatus>[]> {
  const { from, stepMs, count } = stretches;
  const wanted = { ...filter, from, to: new Date(from.getTime() + count * stepMs) };
  const rows = await q<{ stretch: number; status: NotificationStatus; mails: number }[]>`
    select ${stretchOf(q, q`n.decided_at`, stretches)} as stretch, n.status, count(*)::int as mails
    from ${subjectTables(q)}
    where ${mailConditions(q, withinId, wanted)} group by 1, 2`;
  const buckets = Array.from({ length: count }, (): Counts<NotificationStatus> => ({}));
  for (const { stretch, status, mails } of rows) Object.assign(buckets[stretch] ?? {}, { [status]: mails });
  return buckets;
}

/**
 * How many clients were in each state at the end of each stretch: worked back from the present by what the checks
 * said, so that it costs what has changed since. Clients that were deleted are left out as if they had never been.
 */
export async function statesOverTime(
  q: Queries,
  withinId: string,
  stretches: Stretches,
): Promise<Counts<ClientState>[]> {
  const now = await q<{ state: ClientState; clients: number }[]>`
    select m.state, count(*)::int as clients from clients c join monitors m on m.client_id = c.id
    where c.status <> 'deleted' and ${visibleClients(q, withinId)} group by 1`;
  const moves = await movesSince(q, withinId, stretches);
  const buckets: Counts<ClientState>[] = [];
  const counts = new Map(now.map(({ state, clients }) => [state, clients]));
  for (let stretch = stretches.count; stretch > 0; stretch--) {
    for (const move of moves.filter((one) => one.stretch === stretch)) {
      counts.set(move.state, (counts.get(move.state) ?? 0) - move.more);
    }
    buckets.unshift(Object.fromEntries([...counts].filter(([, clients]) => clients > 0)));
  }
  return buckets;
}

interface Moves {
  /** from 0; as many as there are stretches: after the last one */
  readonly stretch: number;
  readonly state: ClientState;
  /** that came into the state, less those that left it */
  readonly more: number;
}

async function movesSince(q: Queries, withinId: string, stretches: Stretches): Promise<Moves[]> {
  const { from } = stretches;
  return q<Moves[]>`
    with moved as (
      select c.id, c.created_at, m.state, m.state_since from clients c join monitors m on m.client_id = c.id
      where c.status <> 'deleted' and (m.state_since >= ${from} or c.created_at >= ${from})
        and ${visibleClients(q, withinId)}
    ),
    said as (
      select k.client_id, k.at, k.state, coalesce(
        lag(k.state) over (partition by k.client_id order by k.id),
        (select e.state from checks e where e.client_id = k.client_id and e.at < ${from} order by e.id desc limit 1),
        'unknown') as before
      from checks k join moved on moved.id = k.client_id where k.at >= ${from}
    ),
    last as (
      select v.id, v.state, v.state_since as at,
        coalesce((select e.state from checks e where e.client_id = v.id order by e.id desc limit 1), 'unknown') as before
      from moved v where v.state_since >= ${from}
    ),
    moves as (
      select at, state, 1 as more from said where state <> before
      union all select at, before, -1 from said where state <> before
      union all select at, state, 1 from last where state <> before
      union all select at, before, -1 from last where state <> before
      union all select created_at, 'unknown', 1 from moved where created_at >= ${from}
    )
    select least(${stretchOf(q, q`at`, stretches)}, ${stretches.count}::int) as stretch, state, sum(more)::int as more
    from moves group by 1, 2`;
}

function stretchOf(q: Queries, instant: ReturnType<Queries>, { from, stepMs }: Stretches): ReturnType<Queries> {
  return q`floor(extract(epoch from ${instant} - ${from}::timestamptz) * 1000 / ${stepMs}::float8)::int`;
}
