import { DomainError } from '../../../../domain/errors.js';
import type { NewApiKey } from '../../../../storage/access/api-keys.js';
import type { Transaction } from '../../../../storage/system/database.js';
import { findUser } from '../../../../storage/access/users.js';
import { isVisibleReseller } from '../../../../storage/system/visible.js';
import { personOf, type Caller } from '../../../context.js';
import { problemAt } from '../../../http/problem.js';
import { firstScopeAbove } from '../../../access/rights.js';
import { roles } from '../../../access/roles.js';
import { isScope } from '../../../access/scopes.js';

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
 * @throws DomainError `not_found`, `conflict`; ApiProblem `scope_missing`
 */
export async function requireOwnersRights(
  tx: Transaction,
  caller: Caller,
  ownerId: string,
  key: Pick<NewApiKey, 'resellerId' | 'scopes'>,
): Promise<void> {
  const owner = await findUser(tx, caller.resellerId, ownerId);
  if (!owner) throw new DomainError('not_found', `there is no user ${ownerId}`, '/ownerId');
  if (owner.status === 'disabled') throw new DomainError('conflict', 'this user is disabled', '/ownerId');
  if (!(await isVisibleReseller(tx, owner.resellerId, key.resellerId))) {
    throw new DomainError('conflict', 'this user does not see the reseller of the key', '/ownerId');
  }
  const above = firstScopeAbove(new Set(roles[owner.role].scopes), key.scopes.filter(isScope));
  if (above === null) return;
  throw problemAt('scope_missing', '#/ownerId', `the owner’s role ${owner.role} does not have the scope ${above}`);
}
