import { importLimits } from '../../../../domain/clients/import/import-limits.js';
import { mapRateImport } from '../../../../services/rates/import/map-rate-import.js';
import { ok } from '../../../contract/answers.js';
import { defineOperation } from '../../../contract/operation.js';
import { timeOrNull } from '../../../contract/schemas.js';
import { z } from '../../../contract/zod.js';
import { requireRateTable } from '../tables/require-rate-table.js';
import {
  rateImportField,
  rateImportOptions,
  rateImportParams,
  rateImportSchema,
  readRateImportJson,
  requireRateImportRow,
} from './schema.js';

const body = z
  .strictObject({
    fields: z.array(rateImportField).max(importLimits.columns).openapi({
      description: 'One for each column of the file, in its order; null: the column is not imported',
    }),
    options: rateImportOptions.optional(),
  })
  .openapi('RateImportMapping');

export const mapRateImportOperation = defineOperation({
  id: 'mapRateImport',
  method: 'post',
  path: '/v1/rate-imports/{id}/mapping',
  area: 'rate-tables',
  summary: 'Save the mapping of an import of rates',
  description:
    'Which field each column is, and how the file is imported. `code` and `rate` are required. The check begins again.',
  scope: 'profiles:write',
  request: { params: rateImportParams, body },
  example: { fields: ['code', 'rate', 'effectiveFrom'], options: { mode: 'add', dateFormat: 'DD.MM.YYYY' } },
  responses: { 200: { description: 'The import', schema: rateImportSchema } },
  problems: ['conflict'],
  async handler({ params, body: { fields, options = rateImportOptions.parse({}) }, requester, scope }) {
    const { rateTableId } = await requireRateImportRow(scope, params.id);
    const { timezone } = await requireRateTable(scope, rateTableId);
    const settled = { ...options, timezone: options.timezone ?? timezone };
    const effectiveFrom = timeOrNull(options.effectiveFrom ?? null);
    await mapRateImport(requester, params.id, { mapping: fields, options: { ...settled, effectiveFrom } });
    return ok(await readRateImportJson(scope, params.id));
  },
});
