import { forgiveAttempts } from '../../../../storage/access/login-throttles.js';
import { auditLogin, findLogin, noteLogin, type LoginRow } from '../../../../storage/access/logins.js';
import { isPassword } from '../../../../storage/access/passwords.js';
import { createSession, endSessionOf, findSession } from '../../../../storage/access/sessions.js';
import { inTransaction } from '../../../../storage/system/transaction.js';
import { created } from '../../../contract/answers.js';
import { userCaller } from '../../../access/callers.js';
import type { ApiContext } from '../../../context.js';
import { crossSiteProblem } from '../../../access/csrf.js';
import { attemptOf, countOrRefuse } from '../../../access/logins.js';
import { definePublicOperation, type Operation } from '../../../contract/operation.js';
import { ApiProblem } from '../../../http/problem.js';
import { password } from '../../../contract/schemas.js';
import { sessionLimits, type Sender } from '../../../http/sender.js';
import { sessionCookie } from '../../../access/session-cookie.js';
import { z } from '../../../contract/zod.js';
import { sessionJson, sessionSchema } from './schema.js';

const credentials = z
  .strictObject({ email: z.string().min(1).max(254).openapi({ format: 'email' }), password })
  .openapi('Credentials');

/** @param operations all operations; asked for at a request, for this one is among them */
export function logInOperation(operations: () => readonly Operation[]): Operation {
  return definePublicOperation({
    id: 'logIn',
    method: 'post',
    path: '/v1/session',
    area: 'session',
    summary: 'Log in',
    description:
      'Sets the cookie `lowwater_session`; a session that came along ends. Five failures of an account, or fifty from an address, within 15 minutes are answered by 429.',
    secretBody: true,
    request: { body: credentials },
    example: { email: 'admin@lowwater.localhost', password: 'k3vh-8wqm-t2xd-5pzr' },
    responses: { 201: { description: 'Logged in; the cookie comes along', schema: sessionSchema } },
    problems: ['login_failed', 'login_throttled', 'csrf_invalid'],
    async handler({ body, context, sender, requestId, now }) {
      if (sender.crossSite) throw crossSiteProblem();
      const user = await checkedLogin(context, body, sender, requestId, now);
      const token = await begun(context, user, sender, requestId, now);
      const limits = sessionLimits(context.config);
      const row = await findSession(context.sql, token, limits, now);
      if (!row) throw new ApiProblem('login_failed', failure);
      const cookie = sessionCookie(token, limits.absoluteMs, sender.secure);
      return created('/v1/session', sessionJson(userCaller(row, token, limits, requestId), operations()), {
        headers: { 'Set-Cookie': cookie },
      });
    },
  });
}

/** The same words and the same time, whether the address is unknown, disabled, a mere recipient's, or the password wrong. */
const failure = 'e-mail or password is wrong';

async function checkedLogin(
  context: ApiContext,
  given: z.output<typeof credentials>,
  sender: Sender,
  requestId: string,
  now: number,
): Promise<LoginRow> {
  const user = await findLogin(context.sql, given.email.trim());
  const attempt = attemptOf(given.email, sender);
  await countOrRefuse(context.sql, attempt, user, requestId, now);
  const right = await isPassword(given.password, user?.passwordHash ?? null);
  if (!user || !right || user.status !== 'active') {
    await auditLogin(context.sql, 'session.login_failed', user, sender.address, requestId);
    throw new ApiProblem('login_failed', failure);
  }
  await forgiveAttempts(context.sql, attempt);
  return user;
}

/** A new token at every login, so that none can be planted beforehand; the session of an old cookie ends. */
async function begun(
  context: ApiContext,
  user: LoginRow,
  sender: Sender,
  requestId: string,
  now: number,
): Promise<string> {
  return inTransaction(context.sql, async (tx) => {
    if (sender.sessionToken !== null) await endSessionOf(tx, sender.sessionToken);
    const { token } = await createSession(tx, user.id, sender, sessionLimits(context.config), now);
    await noteLogin(tx, user.id, now);
    await auditLogin(tx, 'session.login', user, sender.address, requestId);
    return token;
  });
}
