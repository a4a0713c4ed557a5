import { importLimits } from '../../../../domain/clients/import/import-limits.js';
import { mapImport } from '../../../../services/clients/imports/map-import.js';
import { ok } from '../../../contract/answers.js';
import { defineOperation } from '../../../contract/operation.js';
import { z } from '../../../contract/zod.js';
import { importField, importParams, importSchema, readImportJson } from './schema.js';

const body = z
  .strictObject({
    fields: z.array(importField).max(importLimits.columns).openapi({
      description: 'One for each column of the file, in its order; null: the column is not imported',
    }),
  })
  .openapi('ImportMapping');

export const mapImportOperation = defineOperation({
  id: 'mapImport',
  method: 'post',
  path: '/v1/imports/{id}/mapping',
  area: 'imports',
  summary: 'Save the mapping of an import',
  description:
    'Says which field of a client each column is. `name` and `currency` are required. The check begins again.',
  scope: 'clients:write',
  request: { params: importParams, body },
  example: { fields: ['name', 'currency', 'openingBalance', null] },
  responses: { 200: { description: 'The import', schema: importSchema } },
  problems: ['conflict'],
  async handler({ params, body: { fields }, requester, scope }) {
    await mapImport(requester, params.id, fields);
    return ok(await readImportJson(scope, params.id));
  },
});
