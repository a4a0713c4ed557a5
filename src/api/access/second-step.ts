import { wrongCode } from '../../services/access/second-factor/accept-code.js';
import { beginEnrollment } from '../../services/access/second-factor/begin-enrollment.js';
import { completeLogin, completeLoginByEnrollment } from '../../services/access/second-factor/complete-login.js';
import type { AppSecret } from '../../services/access/second-factor/totp.js';
import { findChallenge, type ChallengedUser } from '../../storage/access/login-challenges.js';
import { readSecondFactorState } from '../../storage/access/second-factors.js';
import { ApiProblem, problemAt } from '../http/problem.js';
import { sessionLimits } from '../http/sender.js';
import { countOrRefuse, forgive, recordRefusal, type Try } from './login-tries.js';
import { loggedIn, requesterOf, type LoggedIn } from './logins.js';
import { appSealerOf } from './sealer.js';

/** The second step of a login: a code, or the setup of an app that the role needs. */

interface SecondStep {
  readonly challenge: string;
  readonly code: string;
}

/** @throws ApiProblem `login_expired`, `code_wrong`, `login_throttled` */
export async function logInWithCode(login: Try, step: SecondStep): Promise<LoggedIn> {
  const { context, sender, requestId } = login;
  const user = await challengedUser(login, step.challenge);
  await countOrRefuse(login, 'code', user.id, user);
  const limits = sessionLimits(context.config);
  const token = await completeLogin(requesterOf(login, user), appSealerOf(context), user, step, sender, limits);
  if (token === null) {
    await recordRefusal(context, 'session.second_step_failed', user, sender.address, requestId);
    throw problemAt('code_wrong', '#/code', wrongCode);
  }
  await forgive(login, 'code', user.id);
  return loggedIn(login, token);
}

/** @throws ApiProblem `login_expired`, `conflict` for a user who has an app */
export async function beginLoginEnrollment(login: Try, challenge: string): Promise<AppSecret> {
  const user = await enrollingUser(login, challenge);
  return beginEnrollment(requesterOf(login, user), appSealerOf(login.context), user, null);
}

/** @throws ApiProblem `login_expired`, `conflict`, `login_throttled`. @throws DomainError `invalid` for a wrong code */
export async function logInByEnrollment(
  login: Try,
  step: SecondStep,
): Promise<LoggedIn & { readonly recoveryCodes: string[] }> {
  const { context, sender } = login;
  const user = await enrollingUser(login, step.challenge);
  await countOrRefuse(login, 'code', user.id, user);
  const limits = sessionLimits(context.config);
  const requester = requesterOf(login, user);
  const done = await completeLoginByEnrollment(requester, appSealerOf(context), user, step, sender, limits);
  if (done === null) throw expired();
  await forgive(login, 'code', user.id);
  return { ...(await loggedIn(login, done.token)), recoveryCodes: done.recoveryCodes };
}

async function challengedUser({ context, now }: Try, challenge: string): Promise<ChallengedUser> {
  const user = await findChallenge(context.sql, challenge, now);
  if (!user) throw expired();
  return user;
}

/** A user with an app shows its code: a password alone must not replace it. */
async function enrollingUser(login: Try, challenge: string): Promise<ChallengedUser> {
  const user = await challengedUser(login, challenge);
  const { enabledAt } = await readSecondFactorState(login.context.sql, user.id);
  if (enabledAt !== null) throw new ApiProblem('conflict', 'two-step login is set up already: enter a code of the app');
  return user;
}

function expired(): ApiProblem {
  return problemAt('login_expired', '#/challenge', 'this login was completed or has expired: log in again');
}
