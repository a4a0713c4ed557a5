import { spawn, type ChildProcessByStdio } from 'node:child_process';
import { once } from 'node:events';
import type { Readable, Writable } from 'node:stream';
import { importLimits } from '../../../domain/clients/import/import-limits.js';
import type { FileTable } from '../../../services/clients/imports/create-import.js';
import type { FileRow } from '../../../storage/clients/imports/import-rows.js';
import { fileProblem, tableOf } from './read-table.js';
import { scanZip } from './scan-zip.js';

/**
 * Reads the first sheet of a workbook. The archive is looked through first, and then read by a separate process with
 * little memory and nothing of the environment: whatever a workbook is made of, it can only end that process.
 *
 * @throws ApiProblem `invalid`
 */
export async function readXlsx(file: Buffer): Promise<FileTable> {
  const fault = await scanZip(file, archiveLimits);
  if (fault !== null) throw fileProblem(fault);
  return tableOf(linesOf(file), true);
}

const mebibyte = 1_048_576;
const archiveLimits = { entries: 2000, bytes: 256 * mebibyte, ratio: 200, ratioFrom: 4 * mebibyte };
const readerMemory = 384;
const readWithinMs = 60_000;

/**
 * Writes a line of JSON for each row: its number and its cells as text; at the end `true`, or why it stops. A workbook has no time
 * zones, so a date is written without one. Of a number with a fraction the 15 digits count that a spreadsheet shows: it keeps 0.3
 * as 0.30000000000000004 where it was computed.
 */
const script = `
const { streamXlsxRows } = require(process.argv[1]);
const { columns, rows, rowLength } = JSON.parse(process.argv[2]);
const text = (value) => {
  if (value === null || value === undefined) return '';
  if (value instanceof Date) return value.toISOString().slice(0, 19);
  return String(typeof value === 'number' && !Number.isInteger(value) ? Number(value.toPrecision(15)) : value);
};
const write = (value) =>
  process.stdout.write(JSON.stringify(value) + '\\n') || new Promise((go) => process.stdout.once('drain', go));
(async () => {
  const parts = [];
  for await (const part of process.stdin) parts.push(part);
  let count = 0;
  for await (const { index, values } of streamXlsxRows(Buffer.concat(parts), { sheet: 0 })) {
    const cells = values.map(text);
    while (cells.length > 0 && cells[cells.length - 1] === '') cells.pop();
    if (cells.length === 0) continue;
    if (cells.length > columns) return write({ tooWide: index + 1 });
    if (cells.reduce((all, cell) => all + cell.length, 0) > rowLength) return write({ tooLong: index + 1 });
    await write([index + 1, cells]);
    // The reader of these lines refuses what is more.
    if (++count > rows + 1) break;
  }
  await write(true);
})().catch(() => process.exit(3));
`;

async function* linesOf(file: Buffer): AsyncGenerator<FileRow> {
  const reader = startReader();
  const timer = setTimeout(() => reader.kill('SIGKILL'), readWithinMs);
  // A reader that has died takes no more of the file: its end says why.
  reader.stdin.on('error', () => undefined);
  reader.stdin.end(file);
  let isWhole = false;
  try {
    for await (const line of textLines(reader.stdout)) {
      const said = JSON.parse(line) as Line;
      if (said === true) isWhole = true;
      else if ('tooWide' in said) {
        throw fileProblem(`must have up to ${importLimits.columns} columns: row ${said.tooWide} has more`);
      } else if ('tooLong' in said) {
        throw fileProblem(
          `must have up to ${importLimits.rowLength} characters in a row: row ${said.tooLong} has more`,
        );
      } else yield { number: said[0], cells: said[1] };
    }
    if (isWhole) return;
    throw fileProblem('must be an XLSX workbook that a spreadsheet program has saved: save it again, or as CSV');
  } finally {
    clearTimeout(timer);
    if (reader.exitCode === null && reader.signalCode === null) {
      const exit = once(reader, 'exit');
      reader.kill('SIGKILL');
      await exit;
    }
  }
}

type Line =
  true | { readonly tooWide: number } | { readonly tooLong: number } | readonly [number: number, cells: string[]];

function startReader(): ChildProcessByStdio<Writable, Readable, null> {
  const { columns, rows, rowLength } = importLimits;
  const limits = JSON.stringify({ columns, rows, rowLength });
  const options = [`--max-old-space-size=${readerMemory}`, '--no-warnings', '-e', script];
  return spawn(process.execPath, [...options, require.resolve('hucre/xlsx'), limits], {
    stdio: ['pipe', 'pipe', 'ignore'],
    env: {},
  });
}

async function* textLines(stream: Readable): AsyncGenerator<string> {
  stream.setEncoding('utf8');
  let rest = '';
  for await (const part of stream) {
    const lines = (rest + (part as string)).split('\n');
    rest = lines.pop() ?? '';
    yield* lines;
  }
}
