import { applyPatch } from '../../../../domain/patch.js';
import { updateUser } from '../../../../services/access/update-user.js';
import type { UserFields } from '../../../../storage/access/user-writes.js';
import { ok } from '../../../contract/answers.js';
import { defineSessionOperation, type Operation } from '../../../contract/operation.js';
import { z } from '../../../contract/zod.js';
import { userLocale, userName, userTimezone } from '../users/schema.js';
import { patchedPreferences, preferencesPatch } from './preferences.js';
import { meJson, meSchema } from './schema.js';

const mePatch = z
  .strictObject({ name: userName, locale: userLocale, timezone: userTimezone, preferences: preferencesPatch })
  .partial()
  .openapi('MePatch');

/** @param operations all operations; asked for at a request, for this one is among them */
export function updateMeOperation(operations: () => readonly Operation[]): Operation {
  return defineSessionOperation({
    id: 'updateMe',
    method: 'patch',
    path: '/v1/me',
    area: 'me',
    summary: 'Change your name, language, time zone, and preferences',
    description: 'Does not require If-Match: only the user changes these fields.',
    request: { body: mePatch },
    example: { timezone: 'Europe/Kyiv', preferences: { theme: 'dark', columns: { clients: ['name', 'state'] } } },
    responses: { 200: { description: 'The changed user', schema: meSchema } },
    async handler({ body, caller, requester }) {
      const { preferences = {}, ...fields } = body;
      const row = await updateUser(requester, caller.userId, (before) => ({
        ...applyPatch<UserFields>(before, fields),
        preferences: patchedPreferences(before.preferences, preferences),
      }));
      const { name, locale, timezone } = row;
      return ok(meJson({ ...caller, name, locale, timezone, preferences: row.preferences }, operations()));
    },
  });
}
