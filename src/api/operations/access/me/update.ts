import { updateUser } from '../../../../services/access/update-user.js';
import { ok } from '../../../contract/answers.js';
import { defineSessionOperation, type Operation } from '../../../contract/operation.js';
import { z } from '../../../contract/zod.js';
import { userLocale, userName, userTimezone } from '../users/schema.js';
import { patchedPreferences, preferencesPatch } from './preferences.js';
import { meJson, meSchema } from './schema.js';

const mePatch = z
  .strictObject({
    name: userName.optional(),
    locale: userLocale.optional(),
    timezone: userTimezone.optional(),
    preferences: preferencesPatch.optional(),
  })
  .openapi('MePatch');

/** @param operations all operations; asked for at a request, for this one is among them */
export function updateMeOperation(operations: () => readonly Operation[]): Operation {
  return defineSessionOperation({
    id: 'updateMe',
    method: 'patch',
    path: '/v1/me',
    area: 'me',
    summary: 'Change the own name, language, time zone and preferences',
    description: 'Needs no If-Match: only the user changes these, field by field.',
    request: { body: mePatch },
    example: { timezone: 'Europe/Kyiv', preferences: { theme: 'dark', columns: { clients: ['name', 'state'] } } },
    responses: { 200: { description: 'The user as it is now', schema: meSchema } },
    async handler({ body, caller, requester }) {
      const row = await updateUser(requester, caller.userId, (before) => ({
        ...before,
        name: body.name ?? before.name,
        locale: body.locale === undefined ? before.locale : body.locale,
        timezone: body.timezone === undefined ? before.timezone : body.timezone,
        preferences: patchedPreferences(before.preferences, body.preferences ?? {}),
      }));
      const { name, locale, timezone, preferences } = row;
      return ok(meJson({ ...caller, name, locale, timezone, preferences }, operations()));
    },
  });
}
