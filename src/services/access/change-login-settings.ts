import type { UserRole } from '../../domain/access/roles.js';
import { lockLoginSettings, updateLoginSettings, type LoginSettings } from '../../storage/access/login-settings.js';
import { change, recorded, unchanged, type Precondition, type Requester } from '../change.js';

/** Changes how users of the installation log in. Sessions continue: it holds from the next login. */
export function changeLoginSettings(
  requester: Requester,
  secondFactorRoles: readonly UserRole[],
  precondition: Precondition<LoginSettings>,
  reason: string | null,
): Promise<LoginSettings> {
  return change(requester, async (tx) => {
    const before = await lockLoginSettings(tx);
    precondition(before);
    const wanted = [...new Set(secondFactorRoles)].sort();
    if (JSON.stringify(wanted) === JSON.stringify([...before.secondFactorRoles].sort())) return unchanged(before);
    const after = await updateLoginSettings(tx, wanted);
    return recorded(after, {
      action: 'login_settings.update',
      subjectType: 'login_settings',
      subjectId: 'installation',
      resellerId: requester.scope.resellerId,
      reason,
      before: { secondFactorRoles: before.secondFactorRoles },
      after: { secondFactorRoles: after.secondFactorRoles },
    });
  });
}
