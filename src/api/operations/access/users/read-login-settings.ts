import { readLoginSettings } from '../../../../storage/access/login-settings.js';
import { ok } from '../../../contract/answers.js';
import { defineOperation } from '../../../contract/operation.js';
import { loginSettingsJson, loginSettingsSchema } from './login-settings.js';

export const readLoginSettingsOperation = defineOperation({
  id: 'readLoginSettings',
  method: 'get',
  path: '/v1/login-settings',
  area: 'users',
  summary: 'Read how users log in',
  scope: 'users:read',
  responses: { 200: { description: 'Of the whole installation', schema: loginSettingsSchema } },
  async handler({ scope }) {
    const settings = await scope.read((q) => readLoginSettings(q));
    return ok(loginSettingsJson(settings), { version: settings.version });
  },
});
