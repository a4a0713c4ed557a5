import { ipKeyGenerator } from 'express-rate-limit';
import { loginEntry, type LoginUser } from '../../services/access/login-entry.js';
import { countAttempt, clearAttempts, type LoginAttempt } from '../../storage/access/login-throttles.js';
import { writeAudit } from '../../storage/system/audit/audit.js';
import type { ApiContext } from '../context.js';
import { ApiProblem } from '../http/problem.js';
import type { Sender } from '../http/sender.js';

/**
 * Tries of passwords and codes. The sender is not logged in yet, so there is no scope to act in: tries are counted and recorded on
 * the API's own connection, each at once, so that they stay although the request is refused.
 */

/** What is tried. Each has its own count. */
type Tried = 'password' | 'code' | 'reset';

const refusals: Readonly<Record<Tried, string>> = {
  password: 'too many failed logins',
  code: 'too many wrong codes',
  reset: 'too many requests for a new password',
};

/** One request that tries something, for the counts and for the audit log. */
export interface Try {
  readonly context: ApiContext;
  readonly sender: Sender;
  readonly requestId: string;
  readonly now: number;
}

/**
 * Counts a try before it is verified. What is refused from then on is audited once a window, so that tries can't fill the audit log.
 *
 * @param account an email address as it was typed, or the id of a user who is known
 * @param user whose account it is, where there is one; the answer does not show it
 * @throws ApiProblem `login_throttled`
 */
export async function countOrRefuse(
  { context, sender, requestId, now }: Try,
  tried: Tried,
  account: string,
  user: LoginUser | null,
): Promise<void> {
  const attempt = attemptOf(tried, account, sender);
  const verdict = await countAttempt(context.sql, attempt, now);
  if (verdict.allowed) return;
  if (verdict.first) await recordRefusal(context, 'session.login_throttled', user, attempt.address, requestId);
  const minutes = Math.ceil(verdict.retryAfterSeconds / 60);
  throw new ApiProblem('login_throttled', `${refusals[tried]}: try again in ${minutes} minutes`, {
    retryAfterSeconds: verdict.retryAfterSeconds,
  });
}

/** The try was right. */
export async function forgive({ context, sender }: Try, tried: Tried, account: string): Promise<void> {
  await clearAttempts(context.sql, attemptOf(tried, account, sender));
}

export async function recordRefusal(
  context: ApiContext,
  action: 'session.login_failed' | 'session.second_step_failed' | 'session.login_throttled',
  user: LoginUser | null,
  address: string,
  requestId: string,
): Promise<void> {
  const entry = loginEntry(action, user, address);
  await writeAudit(context.sql, { ...entry, actor: 'anonymous', source: 'web', requestId });
}

/** Of an IPv6 address the network counts: its owner has 2^64 addresses. */
function attemptOf(tried: Tried, account: string, sender: Sender): LoginAttempt {
  const own = account.trim().toLowerCase();
  return { account: tried === 'password' ? own : `${tried} ${own}`, address: ipKeyGenerator(sender.address) };
}
