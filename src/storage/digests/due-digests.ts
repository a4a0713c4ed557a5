import type { Queries } from '../system/database.js';

/** Someone who reads a daily digest. */
interface DigestReader {
  readonly userId: string;
  /** 0 to 23 */
  readonly hour: number;
  /** the user's own, else that of the reseller */
  readonly timezone: string;
  /** the last day whose digest was enqueued, `2026-03-29`; null: none yet */
  readonly lastDay: string | null;
}

/** The active users who have switched it on in their settings. */
export function readDigestReaders(q: Queries): Promise<DigestReader[]> {
  return q<DigestReader[]>`
    select u.id as "userId", (u.preferences ->> 'digestHour')::int as hour, coalesce(u.timezone, r.timezone) as timezone,
      (select max(e.digest_day)::text from account_emails e where e.user_id = u.id and e.digest_day is not null) as "lastDay"
    from users u join resellers r on r.id = u.reseller_id
    where u.status = 'active' and jsonb_typeof(u.preferences -> 'digestHour') = 'number'
    order by u.id`;
}

/** Enqueues the digests of these days, each once: one that is there already is left as it is. Returns how many are new. */
export async function enqueueDigests(
  q: Queries,
  digests: readonly { readonly userId: string; readonly day: string }[],
  at: Date,
): Promise<number> {
  if (digests.length === 0) return 0;
  const { count } = await q`
    insert into account_emails (user_id, kind, digest_day, requested_at, next_attempt_at)
    select u.id, 'daily_digest', due.day, ${at}, ${at}
    from jsonb_to_recordset(${q.json(digests.map(({ userId, day }) => ({ user_id: userId, day })))})
      as due (user_id bigint, day date) join users u on u.id = due.user_id
    on conflict (user_id, digest_day) where digest_day is not null do nothing`;
  return count;
}
