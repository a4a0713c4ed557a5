import { readRejectedRows, type RejectedRow } from '../../../../storage/clients/imports/rejected-rows.js';
import { content } from '../../../contract/answers.js';
import { csvOf, type Cell, type Column } from '../../../../documents/tables/csv.js';
import { defineOperation } from '../../../contract/operation.js';
import { importParams, requireImportRow } from './schema.js';

export const downloadRejectsOperation = defineOperation({
  id: 'downloadRejects',
  method: 'get',
  path: '/v1/imports/{id}/rejects.csv',
  area: 'imports',
  summary: 'Download the rejects of an import as CSV',
  description:
    'The rows that were not imported with the columns of the file, and `Import row`, `Import code`, and `Import error`. ' +
    'Correct the rows and upload this file: those three columns are not imported.',
  scope: 'clients:write',
  request: { params: importParams },
  responses: { 200: { description: 'UTF-8 with a byte order mark and a header row', contentType: 'text/csv' } },
  async handler({ params, scope, bound, log }) {
    const { columns, fileName } = await requireImportRow(scope, params.id);
    const rows = scope.stream((q) => readRejectedRows(q, params.id));
    const file = csvOf(bound.each(rows), columnsOf(columns), ',');
    // A reader who goes away must not leave the cursor open, and with it a connection taken.
    file.once('close', () => {
      rows.return(undefined).catch((error: unknown) => log.warn({ err: error }, 'a cursor was not closed'));
    });
    const name = `${fileName.replace(/\.\w+$/, '').replaceAll(/[^\w-]+/g, '-')}-rejects.csv`;
    return content('text/csv; charset=utf-8', file, {
      headers: { 'Content-Disposition': `attachment; filename="${name}"` },
    });
  },
});

function columnsOf(names: readonly string[]): Column<RejectedRow>[] {
  return [
    ...names.map((name, column): Column<RejectedRow> => ({
      header: name,
      value: ({ cells }) => cellOf(cells[column]),
    })),
    { header: 'Import row', value: ({ number }) => ({ number }) },
    { header: 'Import code', value: ({ faults }) => faults.map(({ code }) => code).join('; ') },
    { header: 'Import error', value: ({ faults }) => faults.map((fault) => textOf(fault, names)).join('; ') },
  ];
}

/** A negative amount stays one: as a text it would be guarded like a formula. */
function cellOf(text: string | undefined): Cell {
  return text !== undefined && /^-?\d+(\.\d+)?$/.test(text) ? { number: text } : text;
}

function textOf({ column, detail }: RejectedRow['faults'][number], names: readonly string[]): string {
  const name = column === null ? undefined : names[column];
  return name === undefined ? detail : `${name}: ${detail}`;
}
