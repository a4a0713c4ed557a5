import { readRows, type ListQuery, type SortKey } from '../../../storage/system/paging.js';
import type { Row } from 'postgres';
import { content } from '../../contract/answers.js';
import type { ApiContext, Caller } from '../../context.js';
import { defineOperation, type Operation } from '../../contract/operation.js';
import type { WantedScope } from '../../access/scopes.js';
import { z } from '../../contract/zod.js';
import { csvOf, type Column } from './csv.js';

interface ExportInput<Q> {
  readonly query: Q;
  readonly caller: Caller;
  readonly context: ApiContext;
  readonly now: number;
}

interface ExportSpec<S extends z.ZodObject, T extends Row, Name extends string, Json> {
  /** as in `/v1/exports/<name>.csv` */
  readonly name: string;
  /** operation id */
  readonly id: string;
  /** what the list is of */
  readonly what: string;
  readonly scope: WantedScope;
  /** of the list */
  readonly query: S;
  readonly rows: (input: ExportInput<z.output<S>>) => ListQuery<T, Name>;
  readonly toJson: (row: T, now: number) => Json;
  /** in the order of the file where nothing else is asked for */
  readonly columns: Readonly<Record<string, Column<Json>>>;
}

/** The rows of a list as a file: the same filters, order and scope, all pages, the columns that are asked for. */
export function defineExport<S extends z.ZodObject, T extends Row, const Name extends string, Json>(
  spec: ExportSpec<S, T, Name, Json>,
): Operation {
  const names = Object.keys(spec.columns);
  const { limit: _limit, cursor: _cursor, include: _include, ...filters } = spec.query.shape;
  return defineOperation({
    id: spec.id,
    method: 'get',
    path: `/v1/exports/${spec.name}.csv`,
    area: 'exports',
    summary: `Download ${spec.what} as CSV`,
    description: `Filters and order of the list, all its pages. Columns: ${names.join(', ')}.`,
    scope: spec.scope,
    request: { query: z.strictObject({ ...filters, columns: columnsOf(names) }) },
    responses: { 200: { description: 'UTF-8 with a byte order mark and a row of headers', contentType: csvType } },
    async handler({ query, caller, context, now, log }) {
      // The list's own schema has made this of the same parameters.
      const asked = query as z.output<S> & { readonly sort: readonly SortKey<Name>[]; readonly columns: string[] };
      const rows = readRows(context.sql, asked.sort, spec.rows({ query: asked, caller, context, now }));
      const columns = asked.columns.flatMap((name) => spec.columns[name] ?? []);
      const first = await rows.next();
      const file = csvOf(
        converted(first, rows, (row) => spec.toJson(row, now)),
        columns,
      );
      // A reader who goes away must not leave the cursor open, and with it a connection taken.
      file.once('close', () => {
        rows.return(undefined).catch((error: unknown) => log.warn({ err: error }, 'a cursor was not closed'));
      });
      const day = new Date(now).toISOString().slice(0, 10);
      return content(`${csvType}; charset=utf-8`, file, {
        headers: { 'Content-Disposition': `attachment; filename="${spec.name}-${day}.csv"` },
      });
    },
  });
}

const csvType = 'text/csv';

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
    .openapi({ type: 'string', description: 'Columns in their order, separated by commas' });
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
