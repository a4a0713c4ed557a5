import { DomainError } from '../../../domain/errors.js';
import { findProfile, type ProfileRow } from '../../../storage/profiles/profiles.js';
import { ok } from '../../contract/answers.js';
import { defineOperation } from '../../contract/operation.js';
import { pathId } from '../../contract/schemas.js';
import { z } from '../../contract/zod.js';
import { profileJson } from './convert.js';
import { profileAnswerExample, profileSchema } from './schema.js';

export const profileParams = z.strictObject({ id: pathId });

/** @throws DomainError `not_found` */
export function existing(row: ProfileRow | null, id: string, pointer = '/path/id'): ProfileRow {
  if (!row) throw new DomainError('not_found', `there is no profile ${id}`, pointer);
  return row;
}

export const readProfileOperation = defineOperation({
  id: 'readProfile',
  method: 'get',
  path: '/v1/profiles/{id}',
  area: 'profiles',
  summary: 'Read a profile',
  scope: 'profiles:read',
  request: { params: profileParams },
  responses: { 200: { description: 'The profile', schema: profileSchema, example: profileAnswerExample } },
  async handler({ params, caller, scope }) {
    const row = existing(await scope.read((q) => findProfile(q, caller.resellerId, params.id)), params.id);
    return ok(profileJson(row), { version: row.version });
  },
});
