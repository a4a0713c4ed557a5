import { DomainError } from '../../domain/errors.js';
import { findApiKey } from '../../storage/access/api-key-admin.js';
import { insertApiKey, type ApiKeyRow, type NewApiKey } from '../../storage/access/api-keys.js';
import { findReseller } from '../../storage/resellers/resellers.js';
import { managerCap, noCap } from '../../storage/credit/credit-cap.js';
import { findUser, type UserRow } from '../../storage/access/users.js';
import type { Transaction } from '../../storage/system/database.js';
import { isVisibleReseller } from '../../storage/system/tenancy.js';
import { change, recorded, type Requester } from '../change.js';
import { createdKeyEntry } from './api-key-entry.js';

/** The user whose key it will be. */
interface WantedOwner {
  readonly id: string;
  /** throws where the owner may not do what the key may */
  readonly requireRights: (owner: UserRow) => void;
}

interface ApiKeyInput extends Omit<NewApiKey, 'createdBy' | 'ownerId'> {
  /** whether amount or percentage of the maximum increase are what was asked for; else a manager's key has 0% */
  readonly hasOwnIncrease?: boolean;
  /** absent or null: a key of the company */
  readonly owner?: WantedOwner | null;
}

/**
 * Makes a key of a reseller. The returned text is the only copy of it.
 *
 * @throws DomainError `not_found` for a reseller or an owner outside of the scope; `conflict` for an owner who is disabled
 *   or does not see the reseller
 */
export function createApiKey(
  requester: Requester,
  { owner = null, hasOwnIncrease = false, ...key }: ApiKeyInput,
  reason: string | null = null,
): Promise<{ readonly row: ApiKeyRow; readonly key: string }> {
  const withinId = requester.scope.resellerId;
  return change(requester, async (tx) => {
    if (owner !== null) await requireOwner(tx, withinId, owner, key.resellerId);
    const reseller = await findReseller(tx, withinId, key.resellerId);
    if (!reseller) {
      throw new DomainError('not_found', `there is no reseller ${key.resellerId}`, '/resellerId');
    }
    const isGiven = hasOwnIncrease || reseller.kind !== 'manager' || reseller.id === withinId;
    const cap = managerCap(key.cap ?? noCap, isGiven);
    const made = await insertApiKey(tx, { ...key, cap, ownerId: owner?.id ?? null, createdBy: requester.actor.id });
    const row = await findApiKey(tx, withinId, made.id);
    if (!row) throw new Error('a key that was just made is not there');
    return recorded({ row, key: made.key }, createdKeyEntry(row, reason));
  });
}

/** A key never does more than its owner, so one that would is refused at once. */
async function requireOwner(
  tx: Transaction,
  withinId: string,
  { id, requireRights }: WantedOwner,
  resellerId: string,
): Promise<void> {
  const owner = await findUser(tx, withinId, id);
  if (!owner) throw new DomainError('not_found', `there is no user ${id}`, '/ownerId');
  if (owner.status === 'disabled') throw new DomainError('conflict', 'this user is disabled', '/ownerId');
  if (!(await isVisibleReseller(tx, owner.resellerId, resellerId))) {
    throw new DomainError('conflict', 'must be a user who has access to the reseller of the key', '/ownerId');
  }
  requireRights(owner);
}
