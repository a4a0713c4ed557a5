import { minuteMs } from '../../domain/durations.js';
import type { Queries, Transaction } from '../system/database.js';
import type { LoginRow } from './logins.js';
import { createToken, isToken, tokenHashOf } from './tokens.js';

/** Logins at the OpenID Connect provider, and the users that it knows. */

/** How long a login may be under way. */
export const openIdLoginMs = 10 * minuteMs;

interface PendingOpenIdLogin {
  readonly state: string;
  readonly nonce: string;
  readonly codeVerifier: string;
}

/** The returned token, of the cookie, is the only copy of it. */
export async function createOpenIdLogin(q: Queries, login: PendingOpenIdLogin, nowMs: number): Promise<string> {
  const token = createToken();
  await q`
    insert into openid_logins (token_hash, state, nonce, code_verifier, created_at, expires_at)
    values (${tokenHashOf(token)}, ${login.state}, ${login.nonce}, ${login.codeVerifier}, ${new Date(nowMs)},
      ${new Date(nowMs + openIdLoginMs)})`;
  return token;
}

/** Each login is completed once, whatever comes of it. Null: unknown, completed, or expired. */
export async function takeOpenIdLogin(q: Queries, token: string, nowMs: number): Promise<PendingOpenIdLogin | null> {
  if (!isToken(token)) return null;
  const [row] = await q<(PendingOpenIdLogin & { expiresAt: Date })[]>`
    delete from openid_logins where token_hash = ${tokenHashOf(token)}
    returning state, nonce, code_verifier as "codeVerifier", expires_at as "expiresAt"`;
  return row && row.expiresAt.getTime() > nowMs ? row : null;
}

/** The user of a subject, or else the one with the address that has no subject yet. */
export async function findOpenIdUser(
  q: Queries,
  subject: string,
  verifiedEmail: string | null,
): Promise<(Pick<LoginRow, 'id' | 'resellerId' | 'status'> & { readonly isKnown: boolean }) | null> {
  const [row] = await q<{ id: string; resellerId: string; status: LoginRow['status']; isKnown: boolean }[]>`
    select id, reseller_id as "resellerId", status, openid_subject is not null as "isKnown" from users
    where openid_subject = ${subject}
      or (openid_subject is null and lower(email) = lower(${verifiedEmail}::text))
    order by openid_subject is null limit 1`;
  return row ?? null;
}

export async function writeOpenIdSubject(tx: Transaction, userId: string, subject: string): Promise<void> {
  await tx`update users set openid_subject = ${subject} where id = ${userId}`;
}

/** Ends the sessions that began at the provider: of one session there, or all of the subject. @returns whose they were */
export async function endOpenIdSessions(
  tx: Transaction,
  { subject, sessionId }: { readonly subject: string | null; readonly sessionId: string | null },
): Promise<readonly { readonly id: string; readonly resellerId: string }[]> {
  return tx<{ id: string; resellerId: string }[]>`
    with ended as (
      delete from sessions s using users u
      where u.id = s.user_id and s.is_openid
        and (${sessionId}::text is null or s.openid_session = ${sessionId})
        and (${subject}::text is null or u.openid_subject = ${subject})
      returning u.id, u.reseller_id)
    select distinct id, reseller_id as "resellerId" from ended order by id`;
}
