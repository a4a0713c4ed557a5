import { DomainError } from '../../../../domain/errors.js';
import { findTableRate } from '../../../../storage/rates/tables/table-rates.js';
import { ok } from '../../../contract/answers.js';
import { defineOperation } from '../../../contract/operation.js';
import { tableRateJson, tableRateParams, tableRateSchema } from './rate-schema.js';

export const readTableRateOperation = defineOperation({
  id: 'readTableRate',
  method: 'get',
  path: '/v1/table-rates/{id}',
  area: 'rate-tables',
  summary: 'Get a rate of a rate table',
  scope: 'profiles:read',
  request: { params: tableRateParams },
  responses: { 200: { description: 'The rate', schema: tableRateSchema } },
  async handler({ params, scope, now }) {
    const row = await scope.read((q) => findTableRate(q, scope.resellerId, params.id, now));
    if (!row) throw new DomainError('not_found', `there is no rate ${params.id}`, '/path/id');
    return ok(tableRateJson(row), { version: row.version });
  },
});
