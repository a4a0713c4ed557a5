import { createHash } from 'node:crypto';
import { minuteMs } from '../../domain/durations.js';
import type { Queries } from '../system/database.js';

/**
 * Attempts to log in, counted in the database, so that any number of API processes counts together. An attempt is
 * counted before the password is verified: many at once are no way around it.
 */

export const throttleWindowMs = 15 * minuteMs;
/** Failures in a window after which an account takes no attempt; an address may be that of a whole office. */
const mostFailures = { account: 5, address: 50 } as const;

export interface LoginAttempt {
  readonly account: string;
  readonly address: string;
}

type AttemptVerdict =
  | { readonly allowed: true }
  | {
      readonly allowed: false;
      readonly retryAfterSeconds: number;
      /** the first that is refused in this window */
      readonly first: boolean;
    };

interface Counted {
  readonly attempts: number;
  readonly since: Date;
}

/** Counts an attempt, and says whether it may continue. */
export async function countAttempt(q: Queries, attempt: LoginAttempt, nowMs: number): Promise<AttemptVerdict> {
  const address = await count(q, addressSubject(attempt), nowMs);
  const account = await count(q, accountSubject(attempt), nowMs);
  const over = [
    ...(address.attempts > mostFailures.address ? [{ ...address, most: mostFailures.address }] : []),
    ...(account.attempts > mostFailures.account ? [{ ...account, most: mostFailures.account }] : []),
  ];
  if (over.length === 0) return { allowed: true };
  const opensAt = Math.max(...over.map(({ since }) => since.getTime() + throttleWindowMs));
  return {
    allowed: false,
    retryAfterSeconds: Math.max(1, Math.ceil((opensAt - nowMs) / 1000)),
    first: over.some(({ attempts, most }) => attempts === most + 1),
  };
}

async function count(q: Queries, subject: string, nowMs: number): Promise<Counted> {
  const now = new Date(nowMs);
  const over = new Date(nowMs - throttleWindowMs);
  const [row] = await q<Counted[]>`
    insert into login_throttles as known (subject, attempts, since) values (${subject}, 1, ${now})
    on conflict (subject) do update set
      attempts = case when known.since <= ${over} then 1 else known.attempts + 1 end,
      since = case when known.since <= ${over} then excluded.since else known.since end
    returning attempts, since`;
  if (!row) throw new Error('an attempt was not counted');
  return row;
}

/** It was the right password: the attempt was no failure, and those before it are forgiven to the account. */
export async function clearAttempts(q: Queries, attempt: LoginAttempt): Promise<void> {
  await clearLoginThrottle(q, attempt.account);
  await q`
    update login_throttles set attempts = greatest(attempts - 1, 0) where subject = ${addressSubject(attempt)}`;
}

/** A new password opens the account again. */
export async function clearLoginThrottle(q: Queries, account: string): Promise<void> {
  await q`delete from login_throttles where subject = ${accountSubject({ account })}`;
}

function addressSubject({ address }: Pick<LoginAttempt, 'address'>): string {
  return `address:${address.slice(0, 64)}`;
}

/** Hashed: what is typed there may be anything, now and then a password. */
function accountSubject({ account }: Pick<LoginAttempt, 'account'>): string {
  return `account:${createHash('sha256').update(account.trim().toLowerCase()).digest('hex')}`;
}
