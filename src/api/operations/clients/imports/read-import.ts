import { ok } from '../../../contract/answers.js';
import { defineOperation } from '../../../contract/operation.js';
import { importParams, importSchema, readImportJson } from './schema.js';

export const readImportOperation = defineOperation({
  id: 'readImport',
  method: 'get',
  path: '/v1/imports/{id}',
  area: 'imports',
  summary: 'Get an import',
  scope: 'clients:write',
  request: { params: importParams },
  responses: { 200: { description: 'The import', schema: importSchema } },
  async handler({ params, scope }) {
    return ok(await readImportJson(scope, params.id));
  },
});
