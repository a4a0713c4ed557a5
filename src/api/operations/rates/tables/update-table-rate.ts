import { updateRate } from '../../../../services/rates/tables/table-rates.js';
import { ok } from '../../../contract/answers.js';
import { defineOperation } from '../../../contract/operation.js';
import { requireVersion } from '../../../http/if-match.js';
import { tableRateJson, tableRateParams, tableRatePatch, tableRateSchema } from './rate-schema.js';

export const updateTableRateOperation = defineOperation({
  id: 'updateTableRate',
  method: 'patch',
  path: '/v1/table-rates/{id}',
  area: 'rate-tables',
  summary: 'Change a rate of a rate table',
  description:
    '`status: "stashed"` stashes the rate, `endsAt` closes its series. Neighboring rates are compared again.',
  scope: 'profiles:write',
  needsIfMatch: true,
  request: { params: tableRateParams, body: tableRatePatch },
  example: { rate: '0.015' },
  responses: { 200: { description: 'The rate', schema: tableRateSchema } },
  problems: ['already_exists'],
  async handler({ params, body, requester, ifMatch }) {
    const { reason = null, ...patch } = body;
    const row = await updateRate(requester, params.id, { patch, reason }, (before) =>
      requireVersion(ifMatch, before.version, tableRateJson(before)),
    );
    return ok(tableRateJson(row), { version: row.version });
  },
});
