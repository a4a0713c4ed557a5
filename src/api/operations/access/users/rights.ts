import { DomainError } from '../../../../domain/errors.js';
import type { UserRow } from '../../../../storage/access/users.js';
import { roles } from '../../../../domain/access/roles.js';
import { requireNoMoreRights } from '../../../contract/delegation.js';
import { userIdOf, type Caller } from '../../../context.js';

/**
 * A user with more rights than the caller can't be changed by the caller: a new email or password would be a way to
 * become them.
 *
 * @throws ApiProblem `scope_missing`, `credit_above_maximum`
 */
export function requireNotAbove(caller: Caller, user: UserRow): void {
  const scopes = new Set(roles[user.role].scopes);
  requireNoMoreRights(caller, { scopes, cap: user, limitCap: user }, 'this user');
}

/** Users can't lock themselves out. @throws DomainError `conflict` */
export function requireAnother(caller: Caller, user: UserRow, what: string): void {
  if (userIdOf(caller) === user.id) throw new DomainError('conflict', `${what}: ask another administrator`);
}
