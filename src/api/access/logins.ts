import { ipKeyGenerator } from 'express-rate-limit';
import type { Sql } from '../../storage/system/database.js';
import { countAttempt, type LoginAttempt } from '../../storage/access/login-throttles.js';
import { auditLogin } from '../../storage/access/logins.js';
import { ApiProblem } from '../http/problem.js';
import type { Sender } from '../http/sender.js';

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
  sql: Sql,
  attempt: LoginAttempt,
  user: { readonly id: string; readonly resellerId: string } | null,
  requestId: string,
  now: number,
): Promise<void> {
  const verdict = await countAttempt(sql, attempt, now);
  if (verdict.allowed) return;
  if (verdict.first) await auditLogin(sql, 'session.login_throttled', user, attempt.address, requestId);
  const minutes = Math.ceil(verdict.retryAfterSeconds / 60);
  throw new ApiProblem('login_throttled', `too many wrong passwords: try again in ${minutes} minutes`, {
    retryAfterSeconds: verdict.retryAfterSeconds,
  });
}
