import { DomainError } from '../../domain/errors.js';
import {
  changesNotifications,
  counterChanges,
  type CounterChanges,
  type ProfileFields,
} from '../../domain/profiles/profile.js';
import { countClientsOutside, signalProfileClients, updateProfile } from '../../storage/profiles/profile-writes.js';
import { findProfile, lockProfile, type ProfileRow } from '../../storage/profiles/profiles.js';
import type { Transaction } from '../../storage/system/database.js';
import { change, recorded, type Requester } from '../change.js';
import { confirmImpact, type ConfirmImpact, type PlannedChange } from './compute-impact.js';
import { existingProfile } from './existing-profile.js';
import { profileEntry } from './profile-entry.js';
import { readyDraft, readyProfiles } from './ready-profiles.js';
import { requireReferences } from './require-references.js';

export interface ProfileEdit {
  /** what takes the place of the profile that was read */
  readonly fieldsFor: (row: ProfileRow) => ProfileFields;
  readonly reason: string | null;
  /** null: no confirmation is needed */
  readonly confirm: ConfirmImpact | null;
  /**
   * Called with the profile, and again when it is locked: then `read` is what the new fields were made from. Throws where
   * the requester has not read this version.
   */
  readonly precondition: (row: ProfileRow, read: ProfileRow | null) => void;
}

/** What an edit does to counters, and to the monitors that run. */
export interface ProfileEffect extends CounterChanges {
  /** monitors that are signaled to read the profile again */
  readonly monitorsUpdated: number;
}

export interface EditedProfile {
  readonly row: ProfileRow;
  readonly effect: ProfileEffect;
}

/**
 * Replaces the fields and rules of a profile. Counters stay with the keys of its rules; the monitors of its clients are
 * signaled.
 *
 * @throws DomainError `not_found`, also for references outside of the scope; `in_use` when it would move away from clients
 * that use it
 */
export async function editProfile(requester: Requester, id: string, edit: ProfileEdit): Promise<EditedProfile> {
  const { scope } = requester;
  const { resellerId } = scope;
  const read = existingProfile(await scope.read((q) => findProfile(q, resellerId, id)), id);
  edit.precondition(read, null);
  const fields = edit.fieldsFor(read);
  if (edit.confirm && changesNotifications(read, fields)) await confirmEdit(requester, read, fields, edit.confirm);
  return change(requester, async (tx) => {
    const before = existingProfile(await lockProfile(tx, resellerId, id), id);
    edit.precondition(before, read);
    await requireReferences(tx, resellerId, fields, before);
    if (fields.resellerId !== before.resellerId) await requireOwnClients(tx, id, fields.resellerId);
    await updateProfile(tx, id, fields);
    const row = existingProfile(await findProfile(tx, resellerId, id), id);
    const monitorsUpdated = await signalProfileClients(tx, id);
    const effect = { monitorsUpdated, ...counterChanges(before.rules, row.rules) };
    return recorded({ row, effect }, profileEntry('profile.update', edit.reason, before, row));
  });
}

async function confirmEdit(
  requester: Requester,
  read: ProfileRow,
  fields: ProfileFields,
  confirm: ConfirmImpact,
): Promise<void> {
  const { scope, now } = requester;
  await scope.read((q) => requireReferences(q, scope.resellerId, fields, read));
  const plan = (): Promise<Omit<PlannedChange, 'selection'>> =>
    scope.read(async (q) => {
      const before = (await readyProfiles(q, [read], now)).get(read.id) ?? null;
      const after = await readyDraft(q, scope.resellerId, fields, read, now);
      return { before: () => before, after: () => after };
    });
  await confirmImpact(requester, { profileId: read.id }, plan, confirm);
}

/** A profile serves clients of its owner and below; who owns it decides what it sends. */
async function requireOwnClients(tx: Transaction, id: string, resellerId: string): Promise<void> {
  const clients = await countClientsOutside(tx, id, resellerId);
  if (clients === 0) return;
  throw new DomainError(
    'in_use',
    `${clients} of its clients do not belong to that reseller or its sub-resellers: assign them another profile ` +
      'first',
    '/resellerId',
  );
}
