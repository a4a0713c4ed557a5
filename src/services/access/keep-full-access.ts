import { DomainError } from '../../domain/errors.js';
import type { ApiKeyRow } from '../../storage/access/api-keys.js';
import { hasOtherAdministrator, hasOtherFullKey, lockFullAccess } from '../../storage/access/full-access.js';
import type { UserRow } from '../../storage/access/users.js';
import { isOperatorReseller } from '../../storage/resellers/operator.js';
import type { Transaction } from '../../storage/system/database.js';

type Rights = Pick<UserRow, 'role' | 'status' | 'hasPassword'>;

/**
 * Part of the services that change a user, whose row is locked: the last administrator of the operator who can log in
 * stays one, whatever asks.
 *
 * @param after null: the user is deleted
 * @throws DomainError `conflict`
 */
export async function keepAdministrator(tx: Transaction, before: UserRow, after: Rights | null): Promise<void> {
  if (!isAdministrator(before) || (after !== null && isAdministrator(after))) return;
  if (!(await isOperatorReseller(tx, before.resellerId))) return;
  await lockFullAccess(tx);
  if (await hasOtherAdministrator(tx, before.id)) return;
  throw new DomainError(
    'conflict',
    'this is the last administrator who can log in: give another user the role admin and a password first',
  );
}

function isAdministrator({ role, status, hasPassword }: Rights): boolean {
  return role === 'admin' && status === 'active' && hasPassword;
}

/**
 * Part of the service that revokes a key, whose row is locked: the operator keeps a key with every scope.
 *
 * @throws DomainError `conflict`
 */
export async function keepFullKey(tx: Transaction, row: ApiKeyRow, nowMs: number): Promise<void> {
  const isFull = row.isOperator && row.ownerId === null && row.scopes.includes('*');
  if (!isFull || (row.expiresAt !== null && row.expiresAt.getTime() <= nowMs)) return;
  await lockFullAccess(tx);
  if (await hasOtherFullKey(tx, row.id, nowMs)) return;
  throw new DomainError(
    'conflict',
    'this is the last key that may do everything: create another key with the scope * and no owner first',
  );
}
