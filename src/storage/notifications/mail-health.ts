import type { Queries } from '../system/database.js';

/** How the last dialogues with the mail server ended, newest first. */
export interface RecentAttempt {
  readonly startedAt: Date;
  readonly outcome: 'accepted' | 'refused' | 'refused_for_good' | 'uncertain' | 'interrupted';
  readonly code: number | null;
  readonly reply: string | null;
}

/** Since when the mailbox for bounces can't be read, and why; null: no event says so. */
export async function readMailboxFailure(
  q: Queries,
): Promise<{ readonly since: Date; readonly reason: string } | null> {
  const [row] = await q<{ since: Date; reason: string }[]>`
    select first_at as since, coalesce(data->>'reason', '') as reason from events
    where kind = 'mailbox.failing' and resolved_at is null order by id limit 1`;
  return row ?? null;
}

export async function readRecentAttempts(q: Queries, limit: number): Promise<RecentAttempt[]> {
  return q<RecentAttempt[]>`
    select a.started_at as "startedAt", a.outcome, a.code, a.reply
    from delivery_attempts a join deliveries d on d.id = a.delivery_id
    where a.outcome is not null and d.channel_id is null order by a.started_at desc limit ${limit}`;
}
