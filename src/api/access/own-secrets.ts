import { DomainError } from '../../domain/errors.js';
import { readPasswordHash } from '../../storage/access/logins.js';
import { isPassword } from '../../storage/access/passwords.js';
import type { UserCaller } from '../context.js';
import { countOrRefuse, forgive, type Try } from './login-tries.js';

/** What users prove in addition to their session, before they change how they log in. */

/**
 * A session that was left open, or stolen, is no right to change the login.
 *
 * @throws DomainError `invalid`. @throws ApiProblem `login_throttled`
 */
export async function requireOwnPassword(asked: Try, caller: UserCaller, password: string): Promise<void> {
  const { userId: id, resellerId, email } = caller;
  await countOrRefuse(asked, 'password', email, { id, resellerId });
  const hash = await readPasswordHash(asked.context.sql, id);
  if (!(await isPassword(password, hash))) throw new DomainError('invalid', 'is not your password', '/password');
  await forgive(asked, 'password', email);
}

/** Counts wrong codes of a user; `work` throws where the code is wrong. @throws ApiProblem `login_throttled` */
export async function withCountedCode<T>(asked: Try, caller: UserCaller, work: () => Promise<T>): Promise<T> {
  const { userId: id, resellerId } = caller;
  await countOrRefuse(asked, 'code', id, { id, resellerId });
  const result = await work();
  await forgive(asked, 'code', id);
  return result;
}
