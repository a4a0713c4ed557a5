import { ipKeyGenerator } from 'express-rate-limit';
import { beginPanelSession } from '../../services/panel/begin-panel-session.js';
import { panelAccount } from '../../services/panel/panel-account.js';
import { panelEntry, type PanelClient } from '../../services/panel/panel-entry.js';
import type { Requester } from '../../services/change.js';
import { clearAttempts, countAttempt, type LoginAttempt } from '../../storage/access/login-throttles.js';
import { isPassword } from '../../storage/access/passwords.js';
import { findPanelLogin } from '../../storage/panel/panel-logins.js';
import { findPanelLink, type PanelLink } from '../../storage/panel/panel-links.js';
import { findPanelSession } from '../../storage/panel/panel-sessions.js';
import { writeAudit } from '../../storage/system/audit/audit.js';
import { operatorScope } from '../../storage/system/scope.js';
import type { PanelCaller } from '../context.js';
import { ApiProblem } from '../http/problem.js';
import { sessionLimits, type Sender } from '../http/sender.js';
import { panelCaller } from './callers.js';
import type { Try } from './login-tries.js';

/** Logging in to the client panel. The sender has no scope yet: what is looked up here, the password or token gives a right to. */

/** The same words and the same time, whether the login is unknown, the panel off, or the password wrong. */
const loginFailure = 'wrong login or password';

interface PanelCredentials {
  readonly login: string;
  readonly password: string;
}

/**
 * Begins a session for who knows the password.
 *
 * @throws ApiProblem `login_failed`, `login_throttled`
 */
export async function logInToPanel(
  login: Try,
  given: PanelCredentials,
): Promise<{ readonly caller: PanelCaller; readonly token: string }> {
  const { context, sender, requestId, now } = login;
  const found = await findPanelLogin(context.sql, given.login.trim());
  await countPanelTry(login, 'password', given.login, found);
  const right = await isPassword(given.password, found?.passwordHash ?? null);
  if (!found || !right || !found.isOpen) {
    await recordRefusal(login, 'panel.login_failed', found);
    throw new ApiProblem('login_failed', loginFailure);
  }
  await clearAttempts(context.sql, attemptOf('password', given.login, sender));
  const limits = sessionLimits(context.config);
  const token = await beginPanelSession(panelRequester(login, found), found, sender, limits);
  const session = await findPanelSession(context.sql, token, limits, now);
  if (!session) throw new ApiProblem('login_failed', loginFailure);
  return { caller: panelCaller(session, token, limits, requestId), token };
}

/** The client that logs in or follows a link, as a requester: there is no caller yet. */
export function panelRequester({ context, requestId, now }: Try, client: PanelClient): Requester {
  return {
    scope: operatorScope(context.databases.service, client.resellerId),
    actor: { id: `client:${client.clientId}`, source: 'panel', requestId },
    now,
  };
}

/** What is tried. Each has its own count. */
type Tried = 'password' | 'reset';

const refusals: Readonly<Record<Tried, string>> = {
  password: 'too many failed logins',
  reset: 'too many requests for a new password',
};

/**
 * Counts a try before it is verified.
 *
 * @param client whose login it is, where there is one; the answer does not show it
 * @throws ApiProblem `login_throttled`
 */
export async function countPanelTry(
  login: Try,
  tried: Tried,
  account: string,
  client: PanelClient | null,
): Promise<void> {
  const { context, sender, now } = login;
  const verdict = await countAttempt(context.sql, attemptOf(tried, account, sender), now);
  if (verdict.allowed) return;
  if (verdict.first) await recordRefusal(login, 'panel.login_throttled', client);
  const minutes = Math.ceil(verdict.retryAfterSeconds / 60);
  throw new ApiProblem('login_throttled', `${refusals[tried]}: try again in ${minutes} minutes`, {
    retryAfterSeconds: verdict.retryAfterSeconds,
  });
}

async function recordRefusal(
  { context, sender, requestId }: Try,
  action: 'panel.login_failed' | 'panel.login_throttled',
  client: PanelClient | null,
): Promise<void> {
  const entry = panelEntry(action, client, { after: { address: sender.address } });
  await writeAudit(context.sql, { ...entry, actor: 'anonymous', source: 'panel', requestId });
}

function attemptOf(tried: Tried, login: string, sender: Sender): LoginAttempt {
  const account = tried === 'password' ? panelAccount(login) : `reset ${panelAccount(login)}`;
  return { account, address: ipKeyGenerator(sender.address) };
}

/** @throws ApiProblem `link_unknown`, `link_used`, `link_expired` */
export async function findUsablePanelLink({ context, now }: Try, token: string): Promise<PanelLink> {
  return requireUsablePanelLink(await findPanelLink(context.sql, token), now);
}

/** The link, where it still works. @throws ApiProblem `link_unknown`, `link_used`, `link_expired` */
export function requireUsablePanelLink(link: PanelLink | null, now: number): PanelLink {
  if (!link || link.revokedAt !== null || !link.isOpen) {
    throw new ApiProblem(
      'link_unknown',
      'this link does not work: a newer link or a new password has ended it, the client panel is off, or it is not complete',
    );
  }
  if (link.usedAt !== null) throw new ApiProblem('link_used', 'this link was already used');
  if (link.expiresAt.getTime() > now) return link;
  throw new ApiProblem('link_expired', 'this link has expired: request a new one in the client panel');
}
