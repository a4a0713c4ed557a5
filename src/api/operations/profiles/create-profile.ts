import { createProfile } from '../../../services/profiles/create-profile.js';
import { created } from '../../contract/answers.js';
import { defineOperation } from '../../contract/operation.js';
import { fieldsOf, profileJson } from './convert.js';
import { profileAnswerExample, profileBody, profileExample, profileSchema } from './schema.js';

export const createProfileOperation = defineOperation({
  id: 'createProfile',
  method: 'post',
  path: '/v1/profiles',
  area: 'profiles',
  summary: 'Create a low balance profile',
  description: 'A rule without recipients is accepted and listed in `warnings`.',
  scope: 'profiles:write',
  request: { body: profileBody },
  example: profileExample,
  responses: { 201: { description: 'The profile', schema: profileSchema, example: profileAnswerExample } },
  problems: ['not_found', 'conflict'],
  async handler({ body, requester }) {
    const fields = fieldsOf(body, requester.scope.resellerId);
    const row = await createProfile(requester, fields, body.reason ?? null);
    return created(`/v1/profiles/${row.id}`, profileJson(row), { version: row.version });
  },
});
