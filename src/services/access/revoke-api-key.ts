import { DomainError } from '../../domain/errors.js';
import { revokeApiKeyRow } from '../../storage/access/api-key-admin.js';
import { lockApiKey, type OwnedKey } from '../../storage/access/api-keys.js';
import { change, recorded, unchanged, type Precondition, type Requester } from '../change.js';
import { revokedKeyEntry } from './api-key-entry.js';
import { keepFullKey } from './keep-full-access.js';

/**
 * Revokes a key: from now on it is refused. To revoke it again changes nothing.
 *
 * @param precondition throws where the requester may not revoke this key
 * @throws DomainError `not_found`, `conflict` for the last key that may do everything
 */
export function revokeApiKey(
  requester: Requester,
  id: string,
  precondition: Precondition<OwnedKey>,
  reason: string | null,
): Promise<void> {
  return change(requester, async (tx) => {
    const key = await lockApiKey(tx, requester.scope.resellerId, id);
    if (!key) throw new DomainError('not_found', `there is no API key ${id}`, '/path/id');
    if (key.row.revokedAt) return unchanged(undefined);
    precondition(key);
    await keepFullKey(tx, key.row, requester.now);
    await revokeApiKeyRow(tx, id, new Date(requester.now));
    return recorded(undefined, revokedKeyEntry(key.row, reason));
  });
}
