import { lockReseller, updateReseller } from '../../../storage/resellers/resellers.js';
import { inTransaction } from '../../../storage/system/transaction.js';
import { ok } from '../../contract/answers.js';
import { requireVersion } from '../../http/if-match.js';
import { defineOperation } from '../../contract/operation.js';
import { existing, resellerJson, resellerParams, resellerPatch, resellerSchema } from './schema.js';

export const updateResellerOperation = defineOperation({
  id: 'updateReseller',
  method: 'patch',
  path: '/v1/resellers/{id}',
  area: 'resellers',
  summary: 'Change some fields of a reseller or a manager',
  description: 'A new e-mail is who hears as the owner of its clients, from their next mail on.',
  scope: 'resellers:write',
  needsIfMatch: true,
  request: { params: resellerParams, body: resellerPatch },
  example: { email: 'owner@b.example' },
  responses: { 200: { description: 'The reseller', schema: resellerSchema } },
  async handler({ params, body, caller, context, ifMatch }) {
    const row = await inTransaction(context.sql, async (tx) => {
      const before = existing(await lockReseller(tx, caller.resellerId, params.id), params.id);
      requireVersion(ifMatch, before.version, resellerJson(before));
      const fields = {
        name: body.name ?? before.name,
        email: body.email === undefined ? before.email : body.email,
        locale: body.locale ?? before.locale,
        timezone: body.timezone ?? before.timezone,
      };
      return updateReseller(tx, caller.resellerId, before, fields, {
        actor: caller.actor,
        reason: body.reason ?? null,
      });
    });
    return ok(resellerJson(row), { version: row.version });
  },
});
