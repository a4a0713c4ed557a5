import { checkRateImport } from '../../../../services/rates/import/check-rate-import.js';
import { ok } from '../../../contract/answers.js';
import { defineOperation } from '../../../contract/operation.js';
import { rateImportParams, rateImportSchema, readRateImportJson } from './schema.js';

/** Rows are checked for so long in one request. */
const checkForMs = 3000;

export const checkRateImportOperation = defineOperation({
  id: 'checkRateImport',
  method: 'post',
  path: '/v1/rate-imports/{id}/check',
  area: 'rate-tables',
  summary: 'Check the rows of an import of rates',
  description:
    'A dry run: reads each row, and compares it with the table and the file, without changing a rate. A request checks for a few ' +
    'seconds: repeat it until `isChecked`.',
  scope: 'profiles:write',
  request: { params: rateImportParams },
  responses: { 200: { description: 'How far the check is', schema: rateImportSchema } },
  problems: ['conflict'],
  async handler({ params, requester, scope }) {
    const until = performance.now() + checkForMs;
    while ((await checkRateImport(requester, params.id)) && performance.now() < until);
    return ok(await readRateImportJson(scope, params.id));
  },
});
