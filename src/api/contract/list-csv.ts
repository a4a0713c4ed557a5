import type { Row } from 'postgres';
import { readRows, type SortKey } from '../../storage/system/paging.js';
import { content } from './answers.js';
import { csvOf, delimiters, type Delimiter } from './csv.js';
import { listInput, type FilterShape, type ListSpec } from './list-spec.js';
import { listQuery, severalOf } from './lists.js';
import { defineOperation, type Operation } from './operation.js';
import { z } from './zod.js';

const csvType = 'text/csv';

interface Asked<Name extends string> {
  readonly sort: readonly SortKey<Name>[];
  readonly columns: readonly string[];
  readonly delimiter: Delimiter;
}

const delimiter = z
  .enum(delimiters)
  .default(',')
  .openapi({ description: 'Between cells; spreadsheets in languages with a decimal comma expect `;`' });

/** The rows of a list as a file: the same filters, order, and scope, all pages, the columns that are asked for. */
export function csvOperation<
  T extends Row,
  Name extends string,
  S extends z.ZodObject,
  F extends FilterShape,
  P extends z.ZodObject,
>(spec: ListSpec<T, Name, S, F, P>, csv: NonNullable<ListSpec<T, Name, S, F, P>['csv']>): Operation {
  const names = Object.keys(csv.columns);
  const { sort } = listQuery(spec.sorts, spec.order).shape;
  return defineOperation({
    id: csv.id,
    method: 'get',
    path: `/v1/exports/${csv.name}.csv`,
    area: 'exports',
    summary: `Download ${csv.what} as CSV`,
    description: `Filters and order of the list, all its pages. Columns: ${names.join(', ')}.`,
    scope: spec.scope,
    request: { query: z.strictObject({ ...spec.filters, sort, columns: columnsOf(names), delimiter }) },
    responses: { 200: { description: 'UTF-8 with a byte order mark and a row of headers', contentType: csvType } },
    async handler(request) {
      // `request.query` has just been checked by this schema.
      const asked = request.query as unknown as Asked<Name>;
      const input = listInput(spec, { ...request, params: {} });
      const rows = request.scope.stream((q) => readRows(q, asked.sort, spec.rows(q, input)));
      const columns = asked.columns.flatMap((name) => csv.columns[name] ?? []);
      const first = await rows.next();
      const file = csvOf(
        converted(first, rows, (row) => spec.toJson(row, input)),
        columns,
        asked.delimiter,
      );
      // A reader who goes away must not leave the cursor open, and with it a connection taken.
      file.once('close', () => {
        rows.return(undefined).catch((error: unknown) => request.log.warn({ err: error }, 'a cursor was not closed'));
      });
      const day = new Date(request.now).toISOString().slice(0, 10);
      return content(`${csvType}; charset=utf-8`, file, {
        headers: { 'Content-Disposition': `attachment; filename="${csv.name}-${day}.csv"` },
      });
    },
  });
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
      ctx.addIssue({ code: 'custom', message: `choose from ${names.join(', ')}, each once`, input: text });
      return z.NEVER;
    })
    .openapi({ ...severalOf(names), default: [...names], description: 'Columns in their order' });
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
