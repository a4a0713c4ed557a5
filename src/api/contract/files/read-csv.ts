import { isUtf8 } from 'node:buffer';
import { Readable } from 'node:stream';
import { CsvError, parse } from 'csv-parse';
import { importLimits } from '../../../domain/clients/import/import-limits.js';
import type { FileTable } from '../../../services/clients/imports/create-import.js';
import type { FileRow } from '../../../storage/clients/imports/import-rows.js';
import { fileProblem, tableOf } from './read-table.js';

/**
 * Reads a CSV file in UTF-8, with or without a byte order mark. Between its cells are commas, semicolons, tabs, or
 * bars: what its first rows have.
 *
 * @throws ApiProblem `invalid` with the row where the file is no CSV
 */
export function readCsv(file: Buffer): Promise<FileTable> {
  requireUtf8(file);
  requireShortLines(file);
  return tableOf(recordsOf(file), false);
}

function requireUtf8(file: Buffer): void {
  const [first, second] = file;
  if ((first === 0xff && second === 0xfe) || (first === 0xfe && second === 0xff)) {
    throw fileProblem('must be in UTF-8: it is in UTF-16. Save it as "CSV UTF-8"');
  }
  if (isUtf8(file)) return;
  throw fileProblem(`must be in UTF-8: row ${rowOfFault(file)} has other bytes. Save it as "CSV UTF-8"`);
}

/** The parser's own limit of a row does not count empty cells, each of which takes memory. */
function requireShortLines(file: Buffer): void {
  const most = importLimits.rowLength * 4;
  let row = 1;
  for (let from = 0; from + most < file.length; row++) {
    const end = file.subarray(from, from + most + 1).indexOf(0x0a);
    if (end < 0 && !file.subarray(from, from + most + 1).includes(0x0d)) throw fileProblem(tooLong(row));
    from += end < 0 ? most : end + 1;
  }
}

function tooLong(row: number): string {
  return `must have up to ${importLimits.rowLength} characters in a row: row ${row} has more, or a quotation mark in it is never closed`;
}

/** The row of the first byte that is not UTF-8, by line breaks. */
function rowOfFault(file: Buffer): number {
  let row = 1;
  for (let from = 0; from < file.length; row++) {
    const end = file.indexOf(0x0a, from);
    const to = end < 0 ? file.length : end + 1;
    if (!isUtf8(file.subarray(from, to))) break;
    from = to;
  }
  return row;
}

async function* recordsOf(file: Buffer): AsyncGenerator<FileRow> {
  const parser = parse({
    bom: true,
    delimiter: delimiterOf(file),
    relax_column_count: true,
    max_record_size: importLimits.rowLength,
  });
  const source = Readable.from(slices(file));
  source.pipe(parser);
  let number = 0;
  try {
    for await (const record of parser) {
      number++;
      yield { number, cells: record as string[] };
    }
  } catch (error) {
    if (error instanceof CsvError) throw fileProblem(csvFault(error));
    throw error;
  } finally {
    source.destroy();
    parser.destroy();
  }
}

const sliceBytes = 65_536;

function* slices(file: Buffer): Generator<Buffer> {
  for (let from = 0; from < file.length; from += sliceBytes) yield file.subarray(from, from + sliceBytes);
}

function csvFault({ code, records }: CsvError): string {
  // Records before the one at fault.
  const row = Number(records) + 1;
  switch (code) {
    case 'CSV_MAX_RECORD_SIZE':
      return tooLong(row);
    case 'CSV_QUOTE_NOT_CLOSED':
      return `must close each quotation mark: one in row ${row} or before it is never closed`;
    default:
      return `must be CSV: row ${row} has a quotation mark in the middle of a cell. Double it, and quote the cell`;
  }
}

const delimiters = [',', ';', '\t', '|'] as const;
/** Of the file, to find out what is between its cells. */
const probedCharacters = 65_536;

/** The one that is most often in the first row, outside of quotation marks. */
export function delimiterOf(file: Buffer): string {
  const text = file.subarray(0, probedCharacters).toString('utf8');
  const counts = new Map<string, number>(delimiters.map((one) => [one, 0]));
  let isQuoted = false;
  for (const letter of text) {
    if (letter === '"') isQuoted = !isQuoted;
    else if (isQuoted) continue;
    else if (letter === '\n' || letter === '\r') break;
    else counts.set(letter, (counts.get(letter) ?? 0) + 1);
  }
  return delimiters.reduce((best, one) => ((counts.get(one) ?? 0) > (counts.get(best) ?? 0) ? one : best), ',');
}
