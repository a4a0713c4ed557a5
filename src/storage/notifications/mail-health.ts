import type { Queries } from '../system/database.js';

/** How the last dialogues with the mail server ended, newest first. */
export interface RecentAttempt {
  readonly startedAt: Date;
  readonly outcome: 'accepted' | 'refused' | 'refused_for_good' | 'uncertain' | 'interrupted';
  readonly code: number | null;
  readonly reply: string | null;
}

export async function readRecentAttempts(q: Queries, limit: number): Promise<RecentAttempt[]> {
  return q<RecentAttempt[]>`
    select started_at as "startedAt", outcome, code, reply from delivery_attempts
    where outcome is not null order by started_at desc limit ${limit}`;
}
