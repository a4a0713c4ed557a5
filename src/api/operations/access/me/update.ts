import { inTransaction } from '../../../../storage/system/transaction.js';
import { updateUser } from '../../../../storage/access/user-writes.js';
import { lockUser } from '../../../../storage/access/users.js';
import { ok } from '../../../contract/answers.js';
import { defineSessionOperation, type Operation } from '../../../contract/operation.js';
import { z } from '../../../contract/zod.js';
import { existing, userLocale, userName, userTimezone } from '../users/schema.js';
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
    async handler({ body, caller, context }) {
      const row = await inTransaction(context.sql, async (tx) => {
        const before = existing(await lockUser(tx, caller.resellerId, caller.userId), caller.userId);
        const fields = {
          ...before,
          name: body.name ?? before.name,
          locale: body.locale === undefined ? before.locale : body.locale,
          timezone: body.timezone === undefined ? before.timezone : body.timezone,
          preferences: patchedPreferences(before.preferences, body.preferences ?? {}),
        };
        return updateUser(tx, caller.resellerId, before, fields, { actor: caller.actor, reason: null });
      });
      const { name, locale, timezone, preferences } = row;
      return ok(meJson({ ...caller, name, locale, timezone, preferences }, operations()));
    },
  });
}
