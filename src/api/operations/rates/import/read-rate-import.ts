import { ok } from '../../../contract/answers.js';
import { defineOperation } from '../../../contract/operation.js';
import { rateImportParams, rateImportSchema, readRateImportJson } from './schema.js';

export const readRateImportOperation = defineOperation({
  id: 'readRateImport',
  method: 'get',
  path: '/v1/rate-imports/{id}',
  area: 'rate-tables',
  summary: 'Get an import of rates',
  scope: 'profiles:write',
  request: { params: rateImportParams },
  responses: { 200: { description: 'The import', schema: rateImportSchema } },
  async handler({ params, scope }) {
    return ok(await readRateImportJson(scope, params.id));
  },
});
