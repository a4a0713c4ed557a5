import type { Queries } from '../system/database.js';
import { visibleClients } from '../system/tenancy.js';

/** What will happen automatically, as far as it is known now. */

export const upcomingKinds = [
  'check',
  'credit_start',
  'credit_warning',
  'credit_revert',
  'mail_retry',
  'silence_end',
] as const;
export type UpcomingKind = (typeof upcomingKinds)[number];

interface UpcomingEvent {
  readonly at: Date;
  readonly kind: UpcomingKind;
  readonly clientId: string;
  readonly clientName: string;
  /** the temporary credit or the notification; null: there is none */
  readonly subjectId: string | null;
  /** rule of a retry or of a silence (`*`: all) */
  readonly rule: string | null;
}

export async function nextEvents(
  q: Queries,
  withinId: string,
  window: { readonly from: Date; readonly to: Date },
  { kinds, limit }: { readonly kinds: readonly UpcomingKind[] | null; readonly limit: number },
): Promise<UpcomingEvent[]> {
  return q<UpcomingEvent[]>`
    select e.at, e.kind, e.client_id as "clientId", c.name as "clientName", e.subject_id::text as "subjectId", e.rule
    from (${events(q, window)}) e join clients c on c.id = e.client_id
    where c.status <> 'deleted' and ${visibleClients(q, withinId)}
      and ${kinds === null ? q`true` : q`e.kind = any (${[...kinds]}::text[])`}
    order by e.at, e.kind, e.client_id limit ${limit}`;
}

/** How many of each kind there are in each hour from `from` on. */
export async function countEventsByHour(
  q: Queries,
  withinId: string,
  window: { readonly from: Date; readonly to: Date },
): Promise<{ readonly hour: number; readonly kind: UpcomingKind; readonly events: number }[]> {
  return q`
    select floor(extract(epoch from e.at - ${window.from}::timestamptz) / 3600)::int as hour, e.kind,
      count(*)::int as events
    from (${events(q, window)}) e join clients c on c.id = e.client_id
    where c.status <> 'deleted' and ${visibleClients(q, withinId)} group by 1, 2`;
}

function events(q: Queries, { from, to }: { readonly from: Date; readonly to: Date }): ReturnType<Queries> {
  return q`
    select m.next_check_at as at, 'check' as kind, m.client_id, null::bigint as subject_id, null as rule
    from monitors m where m.next_check_at >= ${from} and m.next_check_at < ${to}
    union all
    select t.valid_from, 'credit_start', t.client_id, t.id, null
    from temporary_credits t where t.status = 'scheduled' and t.valid_from >= ${from} and t.valid_from < ${to}
    union all
    select t.warn_at, 'credit_warning', t.client_id, t.id, null
    from temporary_credits t
    where t.status in ('scheduled', 'active') and t.warned_at is null and t.warn_at >= ${from} and t.warn_at < ${to}
    union all
    select t.valid_until, 'credit_revert', t.client_id, t.id, null
    from temporary_credits t
    where t.status in ('scheduled', 'active') and t.valid_until >= ${from} and t.valid_until < ${to}
    union all
    select min(d.next_attempt_at), 'mail_retry', n.client_id, n.id, n.rule
    from deliveries d join notifications n on n.id = d.notification_id
    where d.status = 'retrying' and d.next_attempt_at >= ${from} and d.next_attempt_at < ${to}
    group by n.client_id, n.id, n.rule
    union all
    select s.at, 'silence_end', s.client_id, null, s.rule
    from (
      select m.client_id, ends.key as rule, to_timestamp(ends.value::float8 / 1000) as at
      from monitors m, jsonb_each_text(m.silences) ends where m.silences <> '{}'
    ) s
    where s.at >= ${from} and s.at < ${to}`;
}
