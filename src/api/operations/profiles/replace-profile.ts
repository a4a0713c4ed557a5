import { defineOperation } from '../../contract/operation.js';
import { editedAnswer } from './edit-profile.js';
import { profileParams } from './read-profile.js';
import { profileEditedExample, profileEditedSchema, profileExample, profileReplacement } from './schema.js';

export const replaceProfileOperation = defineOperation({
  id: 'replaceProfile',
  method: 'put',
  path: '/v1/profiles/{id}',
  area: 'profiles',
  summary: 'Replace a profile',
  description:
    'Absent fields get their defaults. Counters are kept by rule key; a new interval counts from the last check. An edit ' +
    'that newly notifies more than 100 clients needs `confirmNotifications`.',
  scope: 'profiles:write',
  needsIfMatch: true,
  request: { params: profileParams, body: profileReplacement },
  example: profileExample,
  responses: { 200: { description: 'The profile', schema: profileEditedSchema, example: profileEditedExample } },
  problems: ['conflict', 'in_use', 'confirmation_required'],
  handler: (input) => editedAnswer(input, () => input.body),
});
