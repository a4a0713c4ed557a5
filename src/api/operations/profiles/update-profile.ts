import { defineOperation } from '../../contract/operation.js';
import { patched } from './convert.js';
import { editedAnswer } from './edit-profile.js';
import { profileParams } from './read-profile.js';
import { profileEditedExample, profileEditedSchema, profilePatch } from './schema.js';

export const updateProfileOperation = defineOperation({
  id: 'updateProfile',
  method: 'patch',
  path: '/v1/profiles/{id}',
  area: 'profiles',
  summary: 'Change fields of a profile',
  description:
    'Absent fields stay as they are; `userRule` and `clientRule` are merged field by field, `advancedRules` is replaced as ' +
    'a whole. An edit that newly notifies more than 100 clients needs `confirmNotifications`.',
  scope: 'profiles:write',
  needsIfMatch: true,
  request: { params: profileParams, body: profilePatch },
  example: { maxNotifications: 5, clientRule: { threshold: '75.00' }, reason: 'agreed with sales' },
  responses: { 200: { description: 'The profile', schema: profileEditedSchema, example: profileEditedExample } },
  problems: ['conflict', 'in_use', 'confirmation_required'],
  handler: (input) => editedAnswer(input, (row) => patched(row, input.body)),
});
