import { ok } from '../../../contract/answers.js';
import { defineOperation } from '../../../contract/operation.js';
import { requireRateTable } from './require-rate-table.js';
import { rateTableJson, rateTableParams, rateTableSchema } from './schema.js';

export const readRateTableOperation = defineOperation({
  id: 'readRateTable',
  method: 'get',
  path: '/v1/rate-tables/{id}',
  area: 'rate-tables',
  summary: 'Get a rate table',
  scope: 'profiles:read',
  request: { params: rateTableParams },
  responses: { 200: { description: 'The rate table', schema: rateTableSchema } },
  async handler({ params, scope }) {
    const row = await requireRateTable(scope, params.id);
    return ok(rateTableJson(row), { version: row.version });
  },
});
