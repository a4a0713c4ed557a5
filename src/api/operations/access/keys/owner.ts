import type { UserRow } from '../../../../storage/access/users.js';
import { userIdOf, type Caller } from '../../../context.js';
import { problemAt } from '../../../http/problem.js';
import { firstScopeAbove } from '../../../access/rights.js';
import { roles } from '../../../../domain/access/roles.js';
import type { Scope } from '../../../../domain/access/scopes.js';

/**
 * Whose key it will be. A user's key cannot make one that outlives them: only callers with all scopes create keys
 * without an owner.
 *
 * @throws ApiProblem `scope_missing`
 */
export function ownerOf(caller: Caller, asked: string | null | undefined): string | null {
  const own = userIdOf(caller);
  if (asked === undefined) return own;
  if (asked === null && own !== null && !caller.scopes.has('*')) {
    throw problemAt(
      'scope_missing',
      '#/ownerId',
      'must not be null: only a caller with all scopes can create a key without an owner',
    );
  }
  return asked;
}

/**
 * A key never does more than its owner, so one that would is refused at once.
 *
 * @throws ApiProblem `scope_missing`
 */
export function requireOwnersScopes(owner: UserRow, scopes: readonly Scope[]): void {
  const above = firstScopeAbove(new Set(roles[owner.role].scopes), scopes);
  if (above === null) return;
  throw problemAt(
    'scope_missing',
    '#/ownerId',
    `the owner’s role ${owner.role} does not have the scope ${above}: choose another owner, or remove the scope`,
  );
}
