import { applyPatch } from '../../../../domain/patch.js';
import { rateTableKind } from '../../../../services/rates/tables/rate-tables.js';
import { changeShared } from '../../../../services/shared-record.js';
import type { RateTableRow } from '../../../../storage/rates/tables/rate-tables.js';
import { ok } from '../../../contract/answers.js';
import { defineOperation } from '../../../contract/operation.js';
import { requireVersion } from '../../../http/if-match.js';
import { rateTableJson, rateTableParams, rateTablePatch, rateTableSchema } from './schema.js';

export const updateRateTableOperation = defineOperation({
  id: 'updateRateTable',
  method: 'patch',
  path: '/v1/rate-tables/{id}',
  area: 'rate-tables',
  summary: 'Change a rate table',
  scope: 'profiles:write',
  needsIfMatch: true,
  request: { params: rateTableParams, body: rateTablePatch },
  example: { notes: 'From 1 March' },
  responses: { 200: { description: 'The rate table', schema: rateTableSchema } },
  problems: ['already_exists'],
  async handler({ params, body, requester, ifMatch }) {
    const { reason = null, ...patch } = body;
    const edit = { fieldsFor: (before: RateTableRow) => applyPatch(before, patch), reason };
    const row = await changeShared(requester, rateTableKind, params.id, edit, (before) =>
      requireVersion(ifMatch, before.version, rateTableJson(before)),
    );
    return ok(rateTableJson(row), { version: row.version });
  },
});
