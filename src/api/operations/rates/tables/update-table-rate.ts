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
    '`status: "stashed"` stashes the rate, `endsAt` closes its series. Neighboring rates are compared again. A rate of ' +
    'which clients were notified is changed only with `confirmNotified`.',
  scope: 'profiles:write',
  needsIfMatch: true,
  request: { params: tableRateParams, body: tableRatePatch },
  example: { rate: '0.015' },
  responses: { 200: { description: 'The rate', schema: tableRateSchema } },
  problems: ['already_exists', 'rate_already_notified'],
  async handler({ params, body, requester, ifMatch }) {
    const { reason = null, confirmNotified: isConfirmed = false, ...patch } = body;
    const row = await updateRate(requester, params.id, { patch, reason, isConfirmed }, (before) =>
      requireVersion(ifMatch, before.version, tableRateJson(before)),
    );
    return ok(tableRateJson(row), { version: row.version });
  },
});
