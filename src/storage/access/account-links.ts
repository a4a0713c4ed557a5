import { accountLinkKinds, type AccountLinkKind } from '../../domain/access/account-links.js';
import type { Queries, Transaction } from '../system/database.js';
import { createToken, isToken, tokenHashOf } from './tokens.js';

/** Links that set a password (tokens.ts). */

/** Gives a claimed email its link; one of an earlier attempt works no more. The returned token is the only copy of it. */
export async function createAccountLink(
  q: Queries,
  { id, attempts }: { readonly id: string; readonly attempts: number },
  expiresAt: Date,
): Promise<string> {
  const token = createToken();
  await q`
    update account_emails set token_hash = ${tokenHashOf(token)}, expires_at = ${expiresAt}
    where id = ${id} and attempts = ${attempts}`;
  return token;
}

export interface AccountLink {
  readonly id: string;
  readonly kind: AccountLinkKind;
  readonly expiresAt: Date;
  readonly usedAt: Date | null;
  readonly revokedAt: Date | null;
  readonly userId: string;
  readonly resellerId: string;
  readonly email: string;
  readonly name: string;
  readonly status: 'active' | 'disabled';
}

/** Null also for what is no token. */
export async function findAccountLink(q: Queries, token: string): Promise<AccountLink | null> {
  if (!isToken(token)) return null;
  const [row] = await q<AccountLink[]>`
    select e.id, e.kind, e.expires_at as "expiresAt", e.used_at as "usedAt", e.revoked_at as "revokedAt",
      e.user_id as "userId", u.reseller_id as "resellerId", u.email, u.name, u.status
    from account_emails e join users u on u.id = e.user_id
    where e.token_hash = ${tokenHashOf(token)}`;
  return row ?? null;
}

/** Locked with its user, so that of two uses at once one waits for the other. */
export async function lockAccountLink(tx: Transaction, token: string): Promise<AccountLink | null> {
  if (!isToken(token)) return null;
  await tx`
    select 1 from account_emails e join users u on u.id = e.user_id where e.token_hash = ${tokenHashOf(token)} for update`;
  return findAccountLink(tx, token);
}

export async function markLinkUsed(tx: Transaction, id: string, at: Date): Promise<void> {
  await tx`update account_emails set used_at = ${at} where id = ${id}`;
}

/** Ends the links of a user, also those of emails that are not sent yet. */
export async function revokeAccountLinks(
  tx: Transaction,
  userId: string,
  kinds: readonly AccountLinkKind[] = accountLinkKinds,
): Promise<void> {
  await tx`
    update account_emails
    set revoked_at = now(), status = case when status = 'pending' then 'failed' else status end,
      ended_at = coalesce(ended_at, now())
    where user_id = ${userId} and kind = any (${[...kinds]}) and used_at is null and revoked_at is null`;
}

interface ResetUser {
  readonly id: string;
  readonly resellerId: string;
}

/**
 * Queues an email with a link for the user with this address who can log in, unless one was queued within the last minute.
 *
 * @returns null: no user with this address can log in
 */
export async function enqueuePasswordReset(tx: Transaction, email: string, at: Date): Promise<ResetUser | null> {
  const [user] = await tx<ResetUser[]>`
    with known as (
      select id, reseller_id from users
      where lower(email) = lower(${email}) and status = 'active' and password_hash is not null
    ),
    queued as (
      insert into account_emails (user_id, kind, requested_at, next_attempt_at)
      select id, 'password_reset', ${at}, ${at} from known
      where not exists (
        select 1 from account_emails e
        where e.user_id = known.id and e.kind = 'password_reset' and e.used_at is null and e.revoked_at is null
          and e.requested_at > ${at}::timestamptz - interval '1 minute')
      returning 1
    )
    select known.id, known.reseller_id as "resellerId" from known left join queued on true`;
  return user ?? null;
}
