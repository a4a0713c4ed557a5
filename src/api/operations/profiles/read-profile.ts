import { existingProfile } from '../../../services/profiles/existing-profile.js';
import { findProfile } from '../../../storage/profiles/profiles.js';
import { ok } from '../../contract/answers.js';
import { defineOperation } from '../../contract/operation.js';
import { pathId } from '../../contract/schemas.js';
import { z } from '../../contract/zod.js';
import { profileJson } from './convert.js';
import { profileAnswerExample, profileSchema } from './schema.js';

export const profileParams = z.strictObject({ id: pathId });

export const readProfileOperation = defineOperation({
  id: 'readProfile',
  method: 'get',
  path: '/v1/profiles/{id}',
  area: 'profiles',
  summary: 'Get a profile',
  scope: 'profiles:read',
  request: { params: profileParams },
  responses: { 200: { description: 'The profile', schema: profileSchema, example: profileAnswerExample } },
  async handler({ params, scope }) {
    const row = existingProfile(await scope.read((q) => findProfile(q, scope.resellerId, params.id)), params.id);
    return ok(profileJson(row), { version: row.version });
  },
});
