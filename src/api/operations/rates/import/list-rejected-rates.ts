import { rejectedRates, rejectedRateSorts } from '../../../../storage/rates/import/rate-import-rows.js';
import { defineList } from '../../../contract/define-list.js';
import { idText } from '../../../contract/schemas.js';
import { z } from '../../../contract/zod.js';
import { rateImportField, rateImportParams, requireRateImportRow } from './schema.js';

const rejectedRateSchema = z
  .strictObject({
    id: idText.openapi({ description: 'Place of the row in the import, from 1' }),
    row: z.int().openapi({ description: 'In the file, where the column names are row 1' }),
    errors: z.array(
      z.strictObject({
        column: z.int().nullable().openapi({ description: 'From 0; null: not of one column' }),
        field: rateImportField,
        code: z.string().openapi({ example: 'invalid' }),
        detail: z.string().openapi({ description: 'Reason and remedy, in English' }),
      }),
    ),
    cells: z.array(z.string()),
  })
  .openapi('RejectedRate');

export const listRejectedRatesOperation = defineList({
  id: 'listRejectedRates',
  path: '/v1/rate-imports/{id}/rejects',
  area: 'rate-tables',
  summary: 'List the rejects of an import of rates',
  description: 'Rows that the check found invalid. They are not imported.',
  scope: 'profiles:write',
  params: rateImportParams,
  filters: {},
  sorts: rejectedRateSorts,
  order: 'id',
  page: 'A page of rejected rows, in the order of the file',
  item: rejectedRateSchema,
  require: ({ scope, params }) => requireRateImportRow(scope, params.id),
  rows: (q, { params }) => rejectedRates(q, params.id),
  toJson: ({ id, number, faults, cells }) => ({ id, row: number, errors: [...faults], cells: [...cells] }),
  csv: {
    id: 'exportRejectedRates',
    name: 'rejected-rates',
    what: 'the rejects of an import of rates',
    params: { id: 'rateImportId' },
    columns: {
      id: { header: 'Position', value: ({ id }) => ({ number: id }) },
      row: { header: 'Import row', value: ({ row }) => ({ number: String(row) }) },
      field: { header: 'Import field', value: ({ errors }) => errors.map(({ field }) => field ?? '').join('; ') },
      column: { header: 'Import column', value: ({ errors }) => errors.map(({ column }) => column ?? '').join('; ') },
      code: { header: 'Import code', value: ({ errors }) => errors.map(({ code }) => code).join('; ') },
      error: { header: 'Import error', value: ({ errors }) => errors.map(({ detail }) => detail).join('; ') },
      cells: { header: 'Cells', value: ({ cells }) => cells.join(' | ') },
    },
  },
});
