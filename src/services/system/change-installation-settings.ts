import { isDeepStrictEqual } from 'node:util';
import { applyPatch, type Patch } from '../../domain/patch.js';
import {
  installationSettingNames,
  type InstallationSettingName,
  type InstallationSettings,
} from '../../domain/system/installation-settings.js';
import {
  lockInstallationSettings,
  updateInstallationSettings,
  type InstallationSettingsRow,
} from '../../storage/system/installation-settings.js';
import { change, recorded, unchanged, type Precondition, type Requester } from '../change.js';

/** Changes how the installation works. It holds from the next request on; what was granted stays as it is. */
export function changeInstallationSettings(
  requester: Requester,
  { patch, reason }: { readonly patch: Patch<InstallationSettings>; readonly reason: string | null },
  precondition: Precondition<InstallationSettingsRow>,
): Promise<InstallationSettingsRow> {
  return change(requester, async (tx) => {
    const before = await lockInstallationSettings(tx);
    precondition(before);
    const wanted = applyPatch<InstallationSettings>(before, patch);
    const changed = installationSettingNames.filter((name) => !isDeepStrictEqual(wanted[name], before[name]));
    if (changed.length === 0) return unchanged(before);
    const after = await updateInstallationSettings(tx, wanted);
    return recorded(after, {
      action: 'installation_settings.update',
      subjectType: 'installation_settings',
      subjectId: 'installation',
      resellerId: requester.scope.resellerId,
      reason,
      before: only(changed, before),
      after: only(changed, after),
    });
  });
}

function only(names: readonly InstallationSettingName[], settings: InstallationSettings): Record<string, unknown> {
  return Object.fromEntries(names.map((name) => [name, settings[name]]));
}
