import { importKeptDays, importLimits } from '../../../../domain/clients/import/import-limits.js';
import { createImport } from '../../../../services/clients/imports/create-import.js';
import { created } from '../../../contract/answers.js';
import { readFile } from '../../../contract/files/read-file.js';
import { xlsxType } from '../../../../documents/tables/xlsx.js';
import { defineOperation } from '../../../contract/operation.js';
import { line } from '../../../contract/schemas.js';
import { z } from '../../../contract/zod.js';
import { importSchema, readImportJson } from './schema.js';

const { bytes, rows, columns } = importLimits;

export const uploadImportOperation = defineOperation({
  id: 'uploadImport',
  method: 'post',
  path: '/v1/imports',
  area: 'imports',
  summary: 'Upload a file of clients',
  description:
    'The first row has the names of the columns. CSV in UTF-8, with commas, semicolons, tabs, or bars between its cells, or the ' +
    `first sheet of an XLSX workbook: up to ${rows} rows, ${columns} columns, and ${bytes / 1_048_576} MiB. Nothing is imported yet: save the ` +
    `mapping, check the rows, then start the import. An upload is deleted after ${importKeptDays} days.`,
  scope: 'clients:write',
  upload: { types: ['text/csv', xlsxType], maxBytes: bytes },
  request: { query: z.strictObject({ fileName: line(200).openapi({ example: 'clients.csv' }) }) },
  responses: { 201: { description: 'The upload, with the fields that its columns suggest', schema: importSchema } },
  async handler({ query: { fileName }, rawBody, requester, scope }) {
    const id = await createImport(requester, { fileName, ...(await readFile(rawBody)) });
    return created(`/v1/imports/${id}`, await readImportJson(scope, id));
  },
});
