import { DomainError } from '../../domain/errors.js';
import { lockApiKey, revokeApiKeyRow } from '../../storage/access/api-key-admin.js';
import { change, recorded, unchanged, type Requester } from '../change.js';
import { revokedKeyEntry } from './api-key-entry.js';

/**
 * Revokes a key: from now on it is refused. To revoke it again changes nothing.
 *
 * @throws DomainError `not_found`
 */
export function revokeApiKey(requester: Requester, id: string, reason: string | null): Promise<void> {
  return change(requester, async (tx) => {
    const row = await lockApiKey(tx, requester.scope.resellerId, id);
    if (!row) throw new DomainError('not_found', `there is no API key ${id}`, '/path/id');
    if (row.revokedAt) return unchanged(undefined);
    await revokeApiKeyRow(tx, id, new Date(requester.now));
    return recorded(undefined, revokedKeyEntry(row, reason));
  });
}
