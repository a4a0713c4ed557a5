import { DomainError } from '../../../../domain/errors.js';
import type { UserRow } from '../../../../storage/access/users.js';
import { requireOwnRole, requireWithinCap } from '../../../contract/bounds.js';
import { personOf, type Caller } from '../../../context.js';

/**
 * Whoever may do more than the caller is not changed by the caller: a new e-mail or password would be a way to become
 * them.
 *
 * @throws ApiProblem `scope_missing`, `credit_above_maximum`
 */
export function requireNotAbove(caller: Caller, user: UserRow): void {
  requireOwnRole(caller, user.role, '#/path/id');
  requireWithinCap(caller.cap, user);
}

/** Nobody shuts themselves out. @throws DomainError `conflict` */
export function requireAnother(caller: Caller, user: UserRow, what: string): void {
  if (personOf(caller) === user.id) throw new DomainError('conflict', `${what}: let another administrator do it`);
}
