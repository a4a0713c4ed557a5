import { readInstallationSettings } from '../../../../storage/system/installation-settings.js';
import { ok } from '../../../contract/answers.js';
import { defineOperation } from '../../../contract/operation.js';
import { settingsJson, settingsSchema } from './schema.js';

export const readSettingsOperation = defineOperation({
  id: 'readSettings',
  method: 'get',
  path: '/v1/settings',
  area: 'system',
  summary: 'Get the settings of the installation',
  description: 'What administrators of the operator set at runtime. `/v1/meta` has what the environment sets.',
  scope: 'users:read',
  responses: { 200: { description: 'The settings', schema: settingsSchema } },
  async handler({ scope }) {
    const row = await scope.read((q) => readInstallationSettings(q));
    return ok(settingsJson(row), { version: row.version });
  },
});
