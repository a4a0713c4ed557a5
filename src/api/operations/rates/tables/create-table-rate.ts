import { createTableRate } from '../../../../services/rates/tables/table-rates.js';
import { created } from '../../../contract/answers.js';
import { defineOperation } from '../../../contract/operation.js';
import { tableRateBody, tableRateExample, tableRateJson, tableRateSchema } from './rate-schema.js';
import { rateTableParams } from './schema.js';

export const createTableRateOperation = defineOperation({
  id: 'createTableRate',
  method: 'post',
  path: '/v1/rate-tables/{id}/rates',
  area: 'rate-tables',
  summary: 'Add a rate to a rate table',
  description: 'A later rate of the same code, time profile, and policy ends an earlier one.',
  scope: 'profiles:write',
  request: { params: rateTableParams, body: tableRateBody },
  example: tableRateExample,
  responses: { 201: { description: 'The rate', schema: tableRateSchema } },
  problems: ['already_exists'],
  async handler({ params, body, requester }) {
    const { reason = null, ...fields } = body;
    const row = await createTableRate(requester, params.id, fields, reason);
    return created(`/v1/table-rates/${row.id}`, tableRateJson(row), { version: row.version });
  },
});
