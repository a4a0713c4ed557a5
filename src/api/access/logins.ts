import { ipKeyGenerator } from 'express-rate-limit';
import { beginSession } from '../../services/access/begin-session.js';
import { loginEntry, type LoginUser } from '../../services/access/login-entry.js';
import { countAttempt, forgiveAttempts, type LoginAttempt } from '../../storage/access/login-throttles.js';
import { findLogin, type LoginRow } from '../../storage/access/logins.js';
import { isPassword } from '../../storage/access/passwords.js';
import { findSession } from '../../storage/access/sessions.js';
import { writeAudit } from '../../storage/system/audit.js';
import { operatorScope } from '../../storage/system/scope.js';
import type { ApiContext, UserCaller } from '../context.js';
import { ApiProblem } from '../http/problem.js';
import { sessionLimits, type Sender } from '../http/sender.js';
import { userCaller } from './callers.js';

/**
 * Logging in. Until the password is right there is no caller, and no scope to act in: tries are read, counted and
 * recorded on the API's own connection, each at once, so that they stay although the request is refused.
 */

interface Credentials {
  readonly email: string;
  readonly password: string;
}

/** The same words and the same time, whether the address is unknown, disabled, a mere recipient's, or the password wrong. */
const loginFailure = 'e-mail or password is wrong';

/** Of an IPv6 address the network counts: whoever has one has 2^64 of its addresses. */
export function attemptOf(account: string, sender: Sender): LoginAttempt {
  return { account, address: ipKeyGenerator(sender.address) };
}

/**
 * Counts a try of a password before it is looked at. What is refused from then on is audited once a window, so that
 * nobody fills the audit by trying.
 *
 * @param user whose account it is, where there is one; the answer does not tell
 * @throws ApiProblem `login_throttled`
 */
export async function countOrRefuse(
  context: ApiContext,
  attempt: LoginAttempt,
  user: LoginUser | null,
  requestId: string,
  now: number,
): Promise<void> {
  const verdict = await countAttempt(context.sql, attempt, now);
  if (verdict.allowed) return;
  if (verdict.first) await recordRefusal(context, 'session.login_throttled', user, attempt.address, requestId);
  const minutes = Math.ceil(verdict.retryAfterSeconds / 60);
  throw new ApiProblem('login_throttled', `too many wrong passwords: try again in ${minutes} minutes`, {
    retryAfterSeconds: verdict.retryAfterSeconds,
  });
}

/**
 * Begins a session for who knows the password.
 *
 * @returns the user as a caller, and the token of the cookie
 * @throws ApiProblem `login_failed`, `login_throttled`
 */
export async function logIn(
  context: ApiContext,
  given: Credentials,
  sender: Sender,
  requestId: string,
  now: number,
): Promise<{ readonly caller: UserCaller; readonly token: string }> {
  const limits = sessionLimits(context.config);
  const user = await checkedLogin(context, given, sender, requestId, now);
  const requester = {
    scope: operatorScope(context.databases.service, user.resellerId),
    actor: { id: `user:${user.id}`, source: 'web', requestId },
    now,
  } as const;
  const token = await beginSession(requester, user, sender, limits);
  const session = await findSession(context.sql, token, limits, now);
  if (!session) throw new ApiProblem('login_failed', loginFailure);
  return { caller: userCaller(session, token, limits, requestId), token };
}

async function checkedLogin(
  context: ApiContext,
  given: Credentials,
  sender: Sender,
  requestId: string,
  now: number,
): Promise<LoginRow> {
  const user = await findLogin(context.sql, given.email.trim());
  const attempt = attemptOf(given.email, sender);
  await countOrRefuse(context, attempt, user, requestId, now);
  const right = await isPassword(given.password, user?.passwordHash ?? null);
  if (!user || !right || user.status !== 'active') {
    await recordRefusal(context, 'session.login_failed', user, sender.address, requestId);
    throw new ApiProblem('login_failed', loginFailure);
  }
  await forgiveAttempts(context.sql, attempt);
  return user;
}

async function recordRefusal(
  context: ApiContext,
  action: 'session.login_failed' | 'session.login_throttled',
  user: LoginUser | null,
  address: string,
  requestId: string,
): Promise<void> {
  const entry = loginEntry(action, user, address);
  await writeAudit(context.sql, { ...entry, actor: 'anonymous', source: 'web', requestId });
}
