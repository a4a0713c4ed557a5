import { Readable } from 'node:stream';
import { stringify } from 'csv-stringify/sync';

/** Tables as spreadsheets read them: UTF-8 with a byte order mark, one row of headers. */

export interface Column<T> {
  readonly header: string;
  readonly value: (row: T) => Cell;
}

/** A number is a decimal string in `{ number }`, so that it stays one; all else is text. */
export type Cell = string | boolean | null | undefined | { readonly number: string | number | null };

/** Between the cells of a row: which one a spreadsheet expects depends on its language. */
export const delimiters = [',', ';'] as const;
export type Delimiter = (typeof delimiters)[number];

const byteOrderMark = '\uFEFF';
/** Quoted whatever the delimiter is: a file that is opened with another one must not begin a cell amid a text. */
const anyDelimiter = /[,;\t]/;

/** Writes rows as they come, as fast as the reader takes them. */
export function csvOf<T>(
  rows: AsyncIterable<readonly T[]>,
  columns: readonly Column<T>[],
  delimiter: Delimiter,
): Readable {
  const text = (lines: string[][]): string =>
    stringify(lines, { delimiter, record_delimiter: '\r\n', quoted_match: anyDelimiter });
  return Readable.from(
    (async function* () {
      yield byteOrderMark + text([columns.map(({ header }) => header)]);
      for await (const some of rows) {
        yield text(some.map((row) => columns.map(({ value }) => cellText(value(row)))));
      }
    })(),
  );
}

const number = /^-?\d+(\.\d+)?$/;
/** What a spreadsheet takes for the beginning of a formula; some read the full-width forms as the plain ones. */
const formula = /^[=+\-@＝＋－＠\t\r]/;

export function cellText(cell: Cell): string {
  if (cell === null || cell === undefined) return '';
  if (typeof cell === 'boolean') return String(cell);
  if (typeof cell === 'string') return formula.test(cell) ? `'${cell}` : cell;
  const text = cell.number === null ? '' : String(cell.number);
  return number.test(text) || text === '' ? text : cellText(text);
}
