import { Readable } from 'node:stream';
import { stringify } from 'csv-stringify/sync';

/** Tables as spreadsheets read them: UTF-8 with a byte order mark, one row of headers. */

export interface Column<T> {
  readonly header: string;
  readonly value: (row: T) => Cell;
}

/** A number is a decimal string in `{ number }`, so that it stays one; all else is text. */
type Cell = string | boolean | null | undefined | { readonly number: string | number | null };

const byteOrderMark = '\uFEFF';

/** Writes rows as they come, as fast as the reader takes them. */
export function csvOf<T>(rows: AsyncIterable<readonly T[]>, columns: readonly Column<T>[]): Readable {
  const text = (lines: string[][]): string => stringify(lines, { record_delimiter: '\r\n' });
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
/** What a spreadsheet takes for the beginning of a formula. */
const formula = /^[=+\-@\t\r]/;

export function cellText(cell: Cell): string {
  if (cell === null || cell === undefined) return '';
  if (typeof cell === 'boolean') return cell ? 'yes' : 'no';
  if (typeof cell === 'string') return formula.test(cell) ? `'${cell}` : cell;
  const text = cell.number === null ? '' : String(cell.number);
  return number.test(text) || text === '' ? text : cellText(text);
}
