import { DomainError } from '../../domain/errors.js';
import { markOwnField } from '../../storage/clients/templates/inherited-values.js';
import { enqueueSignal } from '../../storage/monitoring/outbox.js';
import {
  lockAssignees,
  setProfileOfClients,
  type Assignee,
  type Assignees,
} from '../../storage/profiles/profile-assign.js';
import { findProfile, lockProfile, type ProfileRow } from '../../storage/profiles/profiles.js';
import { change, recordedAll, type ChangeEntry, type Requester } from '../change.js';
import type { ConfirmImpact } from './compute-impact.js';
import { confirmAssignment } from './confirm-assignment.js';
import { existingProfile } from './existing-profile.js';

interface Assignment {
  readonly assigned: number;
  /** used it already */
  readonly unchanged: number;
}

/**
 * Gives clients a profile: all of them or none. Their monitors are signaled.
 *
 * @param confirm null: no confirmation is needed
 * @throws DomainError `not_found`, `client_deleted`, `conflict` (the profile belongs to a reseller that is not above the
 * client), each with the pointer of the first such id
 */
export async function assignProfile(
  requester: Requester,
  id: string,
  clients: Assignees,
  { reason, confirm }: { readonly reason: string | null; readonly confirm: ConfirmImpact | null },
): Promise<Assignment> {
  const { scope } = requester;
  const { resellerId } = scope;
  const read = existingProfile(await scope.read((q) => findProfile(q, resellerId, id)), id);
  if ('fromProfileId' in clients) {
    const { fromProfileId } = clients;
    const from = await scope.read((q) => findProfile(q, resellerId, fromProfileId));
    existingProfile(from, fromProfileId, '/fromProfileId');
  }
  if (confirm) {
    await confirmAssignment(requester, read, clients, confirm, (rows) => refuseUnfitOnes(clients, rows));
  }
  return change(requester, async (tx) => {
    const profile = existingProfile(await lockProfile(tx, resellerId, id), id);
    const rows = await lockAssignees(tx, resellerId, profile.resellerId, clients);
    refuseUnfitOnes(clients, rows);
    const changed = rows.filter((row) => row.profileId !== profile.id);
    const ids = changed.map((row) => row.id);
    await setProfileOfClients(tx, ids, profile.id);
    await markOwnField(tx, ids, 'profileId');
    await enqueueSignal(tx, ids, 'configurationChanged', {
      origin: requester.origin ?? (ids.length > 1 ? 'fleet' : 'client'),
    });
    return recordedAll(
      { assigned: ids.length, unchanged: rows.length - ids.length },
      changed.map((row) => assignmentEntry(row, profile, reason)),
    );
  });
}

function assignmentEntry(client: Assignee, profile: ProfileRow, reason: string | null): ChangeEntry {
  return {
    action: 'client.update',
    subjectType: 'client',
    subjectId: client.id,
    clientId: client.id,
    reason,
    before: { profileId: client.profileId },
    after: { profileId: profile.id },
  };
}

function refuseUnfitOnes(clients: Assignees, rows: readonly Assignee[]): void {
  if ('fromProfileId' in clients) {
    for (const row of rows) refuseUnfit(row.id, row, '/fromProfileId');
    return;
  }
  const byId = new Map(rows.map((row) => [row.id, row]));
  clients.clientIds.forEach((id, index) => refuseUnfit(id, byId.get(id), `/clientIds/${index}`));
}

function refuseUnfit(id: string, row: Assignee | undefined, pointer: string): void {
  if (!row) throw new DomainError('not_found', `there is no client ${id}`, pointer);
  if (row.status === 'deleted') throw new DomainError('client_deleted', `client ${id} is deleted`, pointer);
  if (!row.fits) {
    throw new DomainError(
      'conflict',
      `client ${id} must belong to the profile's reseller or its sub-resellers`,
      pointer,
    );
  }
}
