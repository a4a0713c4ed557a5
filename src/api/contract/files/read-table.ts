import { importLimits } from '../../../domain/clients/import/import-limits.js';
import type { FileTable } from '../../../services/clients/imports/create-import.js';
import type { FileRow } from '../../../storage/clients/imports/import-rows.js';
import { problemAt, type ApiProblem } from '../../http/problem.js';

/** What CSV files and workbooks have in common once their cells are text: one header, then rows. */

/** Rows that are handed on at once. */
const chunkRows = 1000;

/** A refusal of the file as a whole. @param detail a fragment that begins with "must" */
export function fileProblem(detail: string): ApiProblem {
  return problemAt('invalid', '#', `the file ${detail}`);
}

/**
 * Reads the header, and hands on the rows as they come. Empty rows are passed over.
 *
 * @param isRagged empty cells at the end of a row may be missing
 * @throws ApiProblem `invalid` for a file above one of the limits, or without a header or rows
 */
export async function tableOf(lines: AsyncIterable<FileRow>, isRagged: boolean): Promise<FileTable> {
  const iterator = lines[Symbol.asyncIterator]();
  const first = await iterator.next();
  const header = first.done ? [] : first.value.cells.map((cell) => cell.trim());
  while (header.at(-1) === '') header.pop();
  if (header.length === 0) throw fileProblem('must begin with a row of column names');
  if (header.length > importLimits.columns) throw fileProblem(`must have up to ${importLimits.columns} columns`);
  requireDistinct(header);
  const columns = header.map((name, index) => (name === '' ? `Column ${index + 1}` : name.slice(0, 200)));
  return { columns, rows: rowsOf(iterator, columns.length, isRagged) };
}

function requireDistinct(header: readonly string[]): void {
  const first = new Map<string, number>();
  header.forEach((name, index) => {
    if (name === '') return;
    const other = first.get(name.toLowerCase());
    if (other !== undefined) {
      const shown = name.slice(0, 60);
      throw fileProblem(`must name each column once: "${shown}" names columns ${other + 1} and ${index + 1}`);
    }
    first.set(name.toLowerCase(), index);
  });
}

async function* rowsOf(
  lines: AsyncIterator<FileRow>,
  columns: number,
  isRagged: boolean,
): AsyncGenerator<readonly FileRow[]> {
  let chunk: FileRow[] = [];
  let rows = 0;
  let cells = 0;
  try {
    for (let line = await lines.next(); !line.done; line = await lines.next()) {
      const row = line.value;
      if (row.cells.every((cell) => cell.trim() === '')) continue;
      rows++;
      cells += row.cells.length;
      if (rows > importLimits.rows) {
        throw fileProblem(`must have up to ${importLimits.rows} rows: split it into several files`);
      }
      if (cells > importLimits.cells) {
        throw fileProblem(
          `must have up to ${importLimits.cells} cells: remove columns, or split it into several files`,
        );
      }
      chunk.push(fitted(row, columns, isRagged));
      if (chunk.length < chunkRows) continue;
      yield chunk;
      chunk = [];
    }
    if (chunk.length > 0) yield chunk;
    if (rows === 0) throw fileProblem('must have at least one row below its column names');
  } finally {
    await lines.return?.();
  }
}

/** Cells without a column stay where they hold something: the dry run refuses such a row, and one that lacks cells. */
function fitted({ number, cells }: FileRow, columns: number, isRagged: boolean): FileRow {
  if (cells.some((cell) => cell.includes('\u0000'))) {
    throw fileProblem(`must be text: row ${number} has a character that is none (NUL)`);
  }
  const fit = cells.slice(0, importLimits.columns + 1);
  while (fit.length > columns && fit.at(-1)?.trim() === '') fit.pop();
  while (isRagged && fit.length < columns) fit.push('');
  return { number, cells: fit };
}
