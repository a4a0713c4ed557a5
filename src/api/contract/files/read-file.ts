import type { ImportFormat } from '../../../domain/clients/import/import-limits.js';
import type { FileTable } from '../../../services/clients/imports/create-import.js';
import { fileProblem } from './read-table.js';
import { readCsv } from './read-csv.js';
import { readXlsx } from './read-xlsx.js';

/** What a workbook begins with, and what one of the older format, or one with a password, begins with. */
const zipStart = Buffer.from('PK');
const olderStart = Buffer.from([0xd0, 0xcf, 0x11, 0xe0]);

/**
 * Reads a table from a file by what it is, whatever its name says.
 *
 * @throws ApiProblem `invalid`, also while the rows are read
 */
export async function readFile(file: Buffer): Promise<{ readonly format: ImportFormat; readonly table: FileTable }> {
  if (startsWith(file, zipStart)) return { format: 'xlsx', table: await readXlsx(file) };
  if (startsWith(file, olderStart)) {
    throw fileProblem('must be an XLSX workbook without a password, or CSV: save it as one of these');
  }
  return { format: 'csv', table: await readCsv(file) };
}

function startsWith(file: Buffer, bytes: Buffer): boolean {
  return file.subarray(0, bytes.length).equals(bytes);
}
