import type { Readable } from 'node:stream';
import type { Row } from 'postgres';
import { DomainError } from '../../../domain/errors.js';
import { readRows, type SortKey } from '../../../storage/system/paging.js';
import { content } from '../answers.js';
import { csvOf, delimiters, type Column, type Delimiter } from '../../../documents/tables/csv.js';
import { listInput, type FilterShape, type ListSpec } from '../list-spec.js';
import { listQuery, severalOf } from '../lists.js';
import { reference } from '../schemas.js';
import { defineOperation, type Operation } from '../operation.js';
import { xlsxOf, xlsxType } from '../../../documents/tables/xlsx.js';
import { z } from '../zod.js';

const formats = {
  csv: {
    name: 'CSV',
    contentType: 'text/csv',
    header: 'text/csv; charset=utf-8',
    idSuffix: '',
    answer: 'UTF-8 with a byte order mark and a header row',
    note: '',
  },
  xlsx: {
    name: 'XLSX',
    contentType: xlsxType,
    header: xlsxType,
    idSuffix: 'Xlsx',
    answer: 'A workbook of one sheet with a header row. Over 1,048,575 rows continue on further sheets',
    note: ' Text is text, never a formula. Amounts and counts are numbers; one of over 15 digits, which a spreadsheet would round, is text.',
  },
} as const;
type FileFormat = keyof typeof formats;

interface Asked<Name extends string> {
  readonly sort: readonly SortKey<Name>[];
  readonly columns: readonly string[];
  readonly delimiter: Delimiter;
}

const delimiter = z
  .enum(delimiters)
  .default(',')
  .openapi({ description: 'Between cells. Spreadsheets in languages with a decimal comma expect `;`' });

/** The rows of a list as a file: the same filters, order, and scope, all pages, the columns that are asked for. */
export function fileOperation<
  T extends Row,
  Name extends string,
  S extends z.ZodObject,
  F extends FilterShape,
  P extends z.ZodObject,
>(
  spec: ListSpec<T, Name, S, F, P>,
  csv: NonNullable<ListSpec<T, Name, S, F, P>['csv']>,
  format: FileFormat,
): Operation {
  const { name: formatName, contentType, header, idSuffix, answer, note } = formats[format];
  const names = Object.keys(csv.columns);
  const { sort } = listQuery(spec.sorts, spec.order).shape;
  const paths = Object.entries<string>(csv.params ?? {});
  return defineOperation({
    id: `${csv.id}${idSuffix}`,
    method: 'get',
    path: `/v1/exports/${csv.name}.${format}`,
    area: 'exports',
    summary: `Download ${csv.what} as ${formatName}`,
    description: `All rows that match the filters, in the order of \`sort\`. Columns: ${names.join(', ')}.${note}`,
    scope: spec.scope,
    request: {
      query: z.strictObject({
        ...Object.fromEntries(paths.map(([, inQuery]) => [inQuery, reference])),
        ...spec.filters,
        sort,
        columns: columnsOf(names),
        ...(format === 'csv' && { delimiter }),
      }),
    },
    problems: paths.length > 0 ? ['not_found'] : [],
    responses: { 200: { description: answer, contentType } },
    async handler(request) {
      // `request.query` has just been checked by this schema.
      const asked = request.query as unknown as Asked<Name>;
      const given = request.query as Readonly<Record<string, unknown>>;
      const params = Object.fromEntries(paths.map(([name, inQuery]) => [name, given[inQuery]]));
      const input = listInput(spec, { ...request, params });
      await spec.require?.(input).catch((error: unknown) => {
        throw inQueryOf(error, paths);
      });
      const rows = request.scope.stream((q) => readRows(q, asked.sort, spec.rows(q, input)));
      const columns = asked.columns.flatMap((name) => csv.columns[name] ?? []);
      const first = await rows.next();
      const file = fileOf(
        format,
        converted(first, request.bound.each(rows), (row) => spec.toJson(row, input)),
        columns,
        asked.delimiter,
      );
      // A reader who goes away must not leave the cursor open, and with it a connection taken.
      file.once('close', () => {
        rows.return(undefined).catch((error: unknown) => request.log.warn({ err: error }, 'a cursor was not closed'));
      });
      const day = new Date(request.now).toISOString().slice(0, 10);
      return content(header, file, {
        headers: { 'Content-Disposition': `attachment; filename="${csv.name}-${day}.${format}"` },
      });
    },
  });
}

function fileOf<T>(
  format: FileFormat,
  rows: AsyncIterable<readonly T[]>,
  columns: readonly Column<T>[],
  separator: Delimiter,
): Readable {
  return format === 'csv' ? csvOf(rows, columns, separator) : xlsxOf(rows, columns);
}

/** A refusal of what the list has in its path points to where the file's address has it. */
function inQueryOf(error: unknown, paths: readonly (readonly [name: string, inQuery: string])[]): unknown {
  if (!(error instanceof DomainError)) return error;
  const found = paths.find(([name]) => error.pointer === `/path/${name}`);
  return found ? new DomainError(error.code, error.message, `/query/${found[1]}`) : error;
}

function columnsOf(names: readonly string[]): z.ZodType<string[], string | undefined> {
  return z
    .string()
    .max(2000)
    .default(names.join(','))
    .transform((text, ctx) => {
      const wanted = text.split(',');
      const strange = wanted.find((name, index) => !names.includes(name) || wanted.indexOf(name) !== index);
      if (strange === undefined) return wanted;
      ctx.addIssue({ code: 'custom', message: `must be some of ${names.join(', ')}, each once`, input: text });
      return z.NEVER;
    })
    .openapi({ ...severalOf(names), default: [...names], description: 'Columns, in this order' });
}

/** Begins with rows that were read before, so that a query that fails is answered as a problem instead of half a file. */
async function* converted<T, Json>(
  first: IteratorResult<readonly T[]>,
  rest: AsyncIterable<readonly T[]>,
  toJson: (row: T) => Json,
): AsyncGenerator<readonly Json[]> {
  if (first.done) return;
  yield first.value.map(toJson);
  for await (const some of rest) yield some.map(toJson);
}
