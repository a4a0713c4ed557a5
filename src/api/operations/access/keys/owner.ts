import type { UserRow } from '../../../../storage/access/users.js';
import { personOf, type Caller } from '../../../context.js';
import { problemAt } from '../../../http/problem.js';
import { firstScopeAbove } from '../../../access/rights.js';
import { roles } from '../../../access/roles.js';
import type { Scope } from '../../../access/scopes.js';

/**
 * Whose key it will be. Somebody's own key cannot make one that outlives them: only who may do everything makes keys of
 * nobody in person.
 *
 * @throws ApiProblem `scope_missing`
 */
export function ownerOf(caller: Caller, asked: string | null | undefined): string | null {
  const own = personOf(caller);
  if (asked === undefined) return own;
  if (asked === null && own !== null && !caller.scopes.has('*')) {
    throw problemAt('scope_missing', '#/ownerId', 'only who may do everything makes a key of nobody in person');
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
  throw problemAt('scope_missing', '#/ownerId', `the owner’s role ${owner.role} does not have the scope ${above}`);
}
