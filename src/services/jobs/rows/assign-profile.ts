import { findProfile, type ProfileRow } from '../../../storage/profiles/profiles.js';
import type { Requester } from '../../change.js';
import { assignProfile } from '../../profiles/assign-profile.js';
import { confirmAssignment, previewAssignment } from '../../profiles/confirm-assignment.js';
import { existingProfile } from '../../profiles/existing-profile.js';
import type { RowService } from '../row-service.js';

export const assignProfileRow: RowService<'assign_profile'> = {
  async inTransaction(_tx, { requester, clientId, parameters, reason }) {
    const clients = { clientIds: [clientId] };
    const { assigned } = await assignProfile(requester, parameters.profileId, clients, { reason, confirm: null });
    return assigned > 0 ? 'done' : 'unchanged';
  },
  async requireParameters(requester, { profileId }) {
    await requireProfile(requester, profileId);
  },
  async confirm(requester, { profileId }, clientIds, confirm) {
    await confirmAssignment(requester, await requireProfile(requester, profileId), { clientIds }, confirm);
  },
  async preview(requester, { profileId }, clientIds) {
    return previewAssignment(requester, await requireProfile(requester, profileId), { clientIds });
  },
};

async function requireProfile({ scope }: Requester, id: string): Promise<ProfileRow> {
  const found = await scope.read((q) => findProfile(q, scope.resellerId, id));
  return existingProfile(found, id, '/parameters/profileId');
}
