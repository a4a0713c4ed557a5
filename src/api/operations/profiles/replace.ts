import type { Caller } from '../../context.js';
import { replaceProfile as replace, type ProfileEffect } from '../../../storage/profile-writes.js';
import { lockProfile, type ProfileRow } from '../../../storage/profiles.js';
import { inTransaction } from '../../../storage/transaction.js';
import type { Sql } from '../../../storage/database.js';
import { ok } from '../../answers.js';
import { requireVersion, type IfMatch } from '../../if-match.js';
import { defineOperation } from '../../operation.js';
import { fieldsOf, patched, profileJson, type ProfileBody } from './convert.js';
import { existing, profileParams } from './read.js';
import { profileBody, profileEditedExample, profileEditedSchema, profileExample, profilePatch } from './schema.js';

export const replaceProfile = defineOperation({
  id: 'replaceProfile',
  method: 'put',
  path: '/v1/profiles/{id}',
  area: 'profiles',
  summary: 'Replace a profile',
  description:
    'What is absent gets its default. The counts of its rules are kept by their keys; a new interval counts from the last check.',
  scope: 'profiles:write',
  needsIfMatch: true,
  request: { params: profileParams, body: profileBody },
  example: profileExample,
  responses: { 200: { description: 'The profile', schema: profileEditedSchema, example: profileEditedExample } },
  problems: ['conflict', 'in_use'],
  handler: async ({ params, body, caller, context, ifMatch }) =>
    answer(await edit(context.sql, caller, params.id, ifMatch, body.reason ?? null, () => body)),
});

export const updateProfile = defineOperation({
  id: 'updateProfile',
  method: 'patch',
  path: '/v1/profiles/{id}',
  area: 'profiles',
  summary: 'Change some fields of a profile',
  description:
    'What is absent stays as it is; `userRule` and `clientRule` are merged field by field, `advancedRules` is replaced as a whole.',
  scope: 'profiles:write',
  needsIfMatch: true,
  request: { params: profileParams, body: profilePatch },
  example: { maxNotifications: 5, clientRule: { threshold: '75.00' }, reason: 'agreed with sales' },
  responses: { 200: { description: 'The profile', schema: profileEditedSchema, example: profileEditedExample } },
  problems: ['conflict', 'in_use'],
  handler: async ({ params, body, caller, context, ifMatch }) =>
    answer(await edit(context.sql, caller, params.id, ifMatch, body.reason ?? null, (row) => patched(row, body))),
});

interface Edited {
  readonly row: ProfileRow;
  readonly effect: ProfileEffect;
}

function edit(
  sql: Sql,
  caller: Caller,
  id: string,
  ifMatch: IfMatch,
  reason: string | null,
  bodyFor: (row: ProfileRow) => ProfileBody,
): Promise<Edited> {
  return inTransaction(sql, async (tx) => {
    const row = existing(await lockProfile(tx, caller.resellerId, id), id);
    requireVersion(ifMatch, row.version, profileJson(row));
    const fields = fieldsOf(bodyFor(row), row.resellerId);
    return replace(tx, caller.resellerId, row, fields, { actor: caller.actor, reason });
  });
}

function answer({ row, effect }: Edited): ReturnType<typeof ok> {
  return ok({ ...profileJson(row), effect }, { version: row.version });
}
