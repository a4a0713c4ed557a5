import { rejectedList, rejectedSorts } from '../../../../storage/clients/imports/rejected-rows.js';
import { defineList } from '../../../contract/define-list.js';
import { idText } from '../../../contract/schemas.js';
import { z } from '../../../contract/zod.js';
import { importField, importParams, requireImportRow } from './schema.js';

const rejectedRowSchema = z
  .strictObject({
    id: idText.openapi({ description: 'Place of the row in the import, from 1' }),
    row: z.int().openapi({ description: 'In the file, where the column names are row 1' }),
    errors: z.array(
      z.strictObject({
        column: z.int().nullable().openapi({ description: 'From 0; null: not of one column' }),
        field: importField,
        code: z.string().openapi({ example: 'invalid_value' }),
        detail: z.string().openapi({ description: 'Reason and remedy, in English' }),
      }),
    ),
  })
  .openapi('RejectedRow');

export const listRejectedRowsOperation = defineList({
  id: 'listRejectedRows',
  path: '/v1/imports/{id}/rejects',
  area: 'imports',
  summary: 'List the rejects of an import',
  description: 'Rows that the check found invalid. Once the import is started: those that its job did not import.',
  scope: 'clients:write',
  params: importParams,
  filters: {},
  sorts: rejectedSorts,
  order: 'id',
  page: 'A page of rejected rows, in the order of the file',
  item: rejectedRowSchema,
  require: ({ scope, params }) => requireImportRow(scope, params.id),
  rows: (q, { params }) => rejectedList(q, params.id),
  toJson: ({ id, number, faults }) => ({ id, row: number, errors: [...faults] }),
});
