import { Readable } from 'node:stream';
import type { ReadableStream } from 'node:stream/web';
import { writeXlsxStream } from 'hucre/xlsx';
import type { Cell, Column } from './csv.js';

/** Tables as workbooks of one sheet, written row by row. */

export const xlsxType = 'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet';

/** Writes rows as they come, as fast as the reader takes them; the memory does not grow with them. */
export function xlsxOf<T>(rows: AsyncIterable<readonly T[]>, columns: readonly Column<T>[]): Readable {
  const lines = (async function* () {
    yield columns.map(({ header }) => header);
    for await (const some of rows) {
      for (const row of some) yield columns.map(({ value }) => xlsxCell(value(row)));
    }
  })();
  const stream = writeXlsxStream(lines, { name: 'Sheet1', freezePane: { rows: 1 } });
  // The library's stream is the web's, of which the compiler knows two.
  return Readable.fromWeb(stream as ReadableStream<Uint8Array>);
}

/** A double holds every decimal number of so many digits. */
const exactDigits = 15;
const number = /^-?\d+(\.\d+)?$/;
const maxText = 32_767;
/** XML has no way to write them. */
const unwritable = /[\u0000-\u0008\u000b\u000c\u000e-\u001f\ufffe\uffff]|\p{Cs}/gu;
/** What a reader takes for an escaped character. */
const escaped = /_(?=x[0-9A-Fa-f]{4}_)/g;

/** Text stays text, whatever it begins with: only a cell that says so is a formula, and none does. */
export function xlsxCell(cell: Cell): string | number | boolean | null {
  if (cell === null || cell === undefined || typeof cell === 'boolean') return cell ?? null;
  if (typeof cell === 'string') return textCell(cell);
  if (cell.number === null) return null;
  const text = String(cell.number);
  const digits = text.replace(/^-?0*\.?0*|\./g, '').length;
  return number.test(text) && digits <= exactDigits ? Number(text) : textCell(text);
}

function textCell(text: string): string | null {
  return text === '' ? null : text.slice(0, maxText).replace(unwritable, '').replace(escaped, '_x005F_');
}
