import { importKeptDays, importLimits } from '../../../../domain/clients/import/import-limits.js';
import { createRateImport } from '../../../../services/rates/import/create-rate-import.js';
import { created } from '../../../contract/answers.js';
import { readFile } from '../../../contract/files/read-file.js';
import { xlsxType } from '../../../../documents/tables/xlsx.js';
import { defineOperation } from '../../../contract/operation.js';
import { line } from '../../../contract/schemas.js';
import { z } from '../../../contract/zod.js';
import { rateTableParams } from '../tables/schema.js';
import { readRateImportJson, rateImportSchema } from './schema.js';

const { bytes, rows } = importLimits;

export const uploadRateImportOperation = defineOperation({
  id: 'uploadRateImport',
  method: 'post',
  path: '/v1/rate-tables/{id}/imports',
  area: 'rate-tables',
  summary: 'Upload a file of rates',
  description:
    'CSV in UTF-8, or the first sheet of an XLSX workbook; the first row has the names of the columns. Up to ' +
    `${rows} rows and ${bytes / 1_048_576} MiB. No rate is changed yet: save the mapping, check the rows, then start the import. ` +
    `An upload is deleted after ${importKeptDays} days.`,
  scope: 'profiles:write',
  upload: { types: ['text/csv', xlsxType], maxBytes: bytes },
  request: {
    params: rateTableParams,
    query: z.strictObject({ fileName: line(200).openapi({ example: 'rates.csv' }) }),
  },
  responses: { 201: { description: 'The upload, with the fields that its columns suggest', schema: rateImportSchema } },
  async handler({ params, query: { fileName }, rawBody, requester, scope }) {
    const id = await createRateImport(requester, params.id, { fileName, ...(await readFile(rawBody)) });
    return created(`/v1/rate-imports/${id}`, await readRateImportJson(scope, id));
  },
});
