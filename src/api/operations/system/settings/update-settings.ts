import { isDeepStrictEqual } from 'node:util';
import { maximumSubjects } from '../../../../domain/system/installation-settings.js';
import { changeInstallationSettings } from '../../../../services/system/change-installation-settings.js';
import { ok } from '../../../contract/answers.js';
import { requireWithinOwnMaximum } from '../../../contract/delegation.js';
import { defineOperation } from '../../../contract/operation.js';
import { requireVersion } from '../../../http/if-match.js';
import { settingsJson, settingsPatch, settingsSchema } from './schema.js';

export const updateSettingsOperation = defineOperation({
  id: 'updateSettings',
  method: 'patch',
  path: '/v1/settings',
  area: 'system',
  summary: 'Change settings of the installation',
  description: 'For all resellers, from the next request on. Existing temporary credits and requests stay as they are.',
  scope: 'users:write',
  operatorOnly: true,
  needsIfMatch: true,
  request: { body: settingsPatch },
  example: { creditRequestHours: 48 },
  responses: { 200: { description: 'The settings', schema: settingsSchema } },
  problems: ['credit_above_maximum'],
  async handler({ body, caller, requester, ifMatch }) {
    const { reason = null, ...patch } = body;
    const row = await changeInstallationSettings(requester, { patch, reason }, (before) => {
      requireVersion(ifMatch, before.version, settingsJson(before));
      const { maximumIncreases: wanted } = patch;
      for (const subject of wanted ? maximumSubjects : []) {
        const asked = wanted?.[subject] ?? null;
        // A role without one has that of the installation, which is checked itself.
        if (isDeepStrictEqual(asked, before.maximumIncreases[subject] ?? null)) continue;
        if (asked === null && subject !== 'installation') continue;
        requireWithinOwnMaximum(caller.cap, asked, `#/maximumIncreases/${subject}`);
      }
    });
    return ok(settingsJson(row), { version: row.version });
  },
});
