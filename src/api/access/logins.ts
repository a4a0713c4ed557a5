import { beginSession } from '../../services/access/begin-session.js';
import type { LoginUser } from '../../services/access/login-entry.js';
import type { Requester } from '../../services/change.js';
import { createChallenge } from '../../storage/access/login-challenges.js';
import { readLoginSettings } from '../../storage/access/login-settings.js';
import { findLogin, type LoginRow } from '../../storage/access/logins.js';
import { isPassword } from '../../storage/access/passwords.js';
import { findSession } from '../../storage/access/sessions.js';
import { operatorScope } from '../../storage/system/scope.js';
import type { ApiContext, UserCaller } from '../context.js';
import { ApiProblem } from '../http/problem.js';
import { sessionLimits } from '../http/sender.js';
import { userCaller } from './callers.js';
import { countOrRefuse, forgive, recordRefusal, type Try } from './login-tries.js';

/** Logging in with a password: the first step, and the only one for users without second factor. */

interface Credentials {
  readonly email: string;
  readonly password: string;
}

/** A login that has succeeded: the user as a caller, and the token of the cookie. */
export interface LoggedIn {
  readonly caller: UserCaller;
  readonly token: string;
}

/** A login whose password was right, and that needs a second step. */
interface Challenged {
  readonly challenge: string;
  readonly expiresAt: Date;
  /** `code`: of the user's app. `enrollment`: the role needs an app, and the user has none. */
  readonly step: 'code' | 'enrollment';
}

/**
 * The same words and the same time, whether the address is unknown, disabled, a mere recipient's, or the password
 * wrong.
 */
const loginFailure = 'wrong email or password';

/**
 * Begins a session for who knows the password, or asks for the second step.
 *
 * @throws ApiProblem `login_failed`, `login_throttled`, `password_login_off`
 */
export async function logIn(login: Try, given: Credentials): Promise<LoggedIn | Challenged> {
  const { context, sender, now } = login;
  requirePasswordLogin(context);
  const user = await checkedLogin(login, given);
  const step = await secondStepOf(login, user);
  if (step !== null) {
    const { token, expiresAt } = await createChallenge(context.sql, user.id, now);
    return { challenge: token, expiresAt, step };
  }
  const token = await beginSession(requesterOf(login, user), user, sender, sessionLimits(context.config));
  return loggedIn(login, token);
}

/** @throws ApiProblem `password_login_off` where users log in at the OpenID Connect provider only */
export function requirePasswordLogin({ config }: Pick<ApiContext, 'config'>): void {
  if (!config.PASSWORD_LOGIN) throw new ApiProblem('password_login_off', 'users log in by single sign-on only');
}

async function secondStepOf({ context }: Try, user: LoginRow): Promise<Challenged['step'] | null> {
  if (user.hasSecondFactor) return 'code';
  const { secondFactorRoles } = await readLoginSettings(context.sql);
  return secondFactorRoles.includes(user.role) ? 'enrollment' : null;
}

/** The user whose session the token begins, as a caller. */
export async function loggedIn({ context, requestId, now }: Try, token: string): Promise<LoggedIn> {
  const limits = sessionLimits(context.config);
  const session = await findSession(context.sql, token, limits, now);
  if (!session) throw new ApiProblem('login_failed', loginFailure);
  return { caller: userCaller(session, token, limits, requestId), token };
}

/** The user who logs in, as a requester: there is no caller yet. */
export function requesterOf({ context, requestId, now }: Try, user: LoginUser): Requester {
  return {
    scope: operatorScope(context.databases.service, user.resellerId),
    actor: { id: `user:${user.id}`, source: 'web', requestId },
    now,
  };
}

async function checkedLogin(login: Try, given: Credentials): Promise<LoginRow> {
  const { context, sender, requestId } = login;
  const user = await findLogin(context.sql, given.email.trim());
  await countOrRefuse(login, 'password', given.email, user);
  const right = await isPassword(given.password, user?.passwordHash ?? null);
  if (!user || !right || user.status !== 'active') {
    await recordRefusal(context, 'session.login_failed', user, sender.address, requestId);
    throw new ApiProblem('login_failed', loginFailure);
  }
  await forgive(login, 'password', given.email);
  return user;
}
