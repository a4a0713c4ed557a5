import type { ProfileFields } from '../../domain/profiles/profile.js';
import { insertProfile } from '../../storage/profiles/profile-writes.js';
import { findProfile, type ProfileRow } from '../../storage/profiles/profiles.js';
import { change, recorded, type Requester } from '../change.js';
import { existingProfile } from './existing-profile.js';
import { profileEntry } from './profile-entry.js';
import { requireReferences } from './require-references.js';

/**
 * Adds a profile of one reseller. No client uses it yet, so that no monitor is signaled.
 *
 * @throws DomainError `not_found` for a reseller or a user outside of the scope, `conflict` for a manager as its owner
 */
export function createProfile(
  requester: Requester,
  fields: ProfileFields,
  reason: string | null = null,
): Promise<ProfileRow> {
  const { resellerId } = requester.scope;
  return change(requester, async (tx) => {
    await requireReferences(tx, resellerId, fields, null);
    const id = await insertProfile(tx, fields);
    const row = existingProfile(await findProfile(tx, resellerId, id), id);
    return recorded(row, profileEntry('profile.create', reason, null, row));
  });
}
