import { updateReseller } from '../../../services/resellers/update-reseller.js';
import { ok } from '../../contract/answers.js';
import { requireVersion } from '../../http/if-match.js';
import { defineOperation } from '../../contract/operation.js';
import { resellerJson, resellerParams, resellerPatch, resellerSchema } from './schema.js';

export const updateResellerOperation = defineOperation({
  id: 'updateReseller',
  method: 'patch',
  path: '/v1/resellers/{id}',
  area: 'resellers',
  summary: 'Change fields of a reseller or a manager',
  description: 'A new email applies from the next notification of its clients on.',
  scope: 'resellers:write',
  needsIfMatch: true,
  request: { params: resellerParams, body: resellerPatch },
  example: { email: 'owner@b.example' },
  responses: { 200: { description: 'The reseller', schema: resellerSchema } },
  problems: ['conflict', 'already_exists', 'manager_not_permitted', 'own_ledger'],
  async handler({ params, body, requester, ifMatch }) {
    const { reason = null, ...patch } = body;
    const row = await updateReseller(requester, params.id, { patch, reason }, (before) =>
      requireVersion(ifMatch, before.version, resellerJson(before)),
    );
    return ok(resellerJson(row), { version: row.version });
  },
});
