import type { Row } from 'postgres';
import { readPage } from '../../storage/system/paging.js';
import { listed, listQuery, pageOf, pageRequest, type ListQueryValues } from './lists.js';
import { fileOperation } from './files/list-file.js';
import { listInput, type FilterShape, type ListSpec } from './list-spec.js';
import { defineOperation, type Operation } from './operation.js';
import { z } from './zod.js';

/** A list of the API, with the operations that give it as a file. */
export interface ListOperation extends Operation {
  readonly list: {
    readonly filters: FilterShape;
    readonly sorts: readonly string[];
    readonly order: string;
  };
  /** as CSV and as XLSX; null: the list is not offered as a file */
  readonly files: { readonly csv: Operation; readonly xlsx: Operation } | null;
}

export function isListOperation(operation: Operation): operation is ListOperation {
  return 'list' in operation;
}

/**
 * A list of the API, declared once: from its filters, order, and rows derive the operation that answers a page as JSON and
 * those that answer all rows as CSV and as XLSX.
 *
 * A filter reaches `rows` under the name of its parameter; a column of the file is made of the row as JSON.
 */
export function defineList<
  T extends Row,
  const Name extends string,
  S extends z.ZodObject,
  F extends FilterShape,
  P extends z.ZodObject = z.ZodObject<Record<never, never>>,
>(spec: ListSpec<T, Name, S, F, P>): ListOperation {
  const include = Object.entries(spec.include ?? {});
  const query = listQuery(spec.sorts, spec.order, { include: mapped(include, ({ what }) => what) }).extend(
    spec.filters,
  );
  const beside = mapped(
    include.filter(([, one]) => 'schema' in one),
    (one) => ('schema' in one ? one.schema.optional() : z.never()),
  );
  const operation = defineOperation({
    id: spec.id,
    method: 'get',
    path: spec.path,
    area: spec.area,
    summary: spec.summary,
    ...(spec.description !== undefined && { description: spec.description }),
    scope: spec.scope,
    request: { ...(spec.params && { params: spec.params }), query },
    responses: { 200: { description: spec.page, schema: pageOf(spec.item).extend(beside) } },
    async handler(request) {
      // `query` has just checked it.
      const asked = request.query as ListQueryValues<Name>;
      const input = listInput(spec, request);
      await spec.require?.(input);
      const fields: ((row: T) => object)[] = [(row) => spec.toJson(row, input)];
      const more: Record<string, unknown> = {};
      const page = await request.scope.read(async (q) => {
        const read = await readPage(q, pageRequest(asked), spec.rows(q, input));
        for (const [name, one] of include) {
          if (!asked.include.includes(name)) continue;
          if ('beside' in one) more[name] = await one.beside(q, input);
          else fields.push(await one.inRows(q, read.rows, input));
        }
        return read;
      });
      const toJson = (row: T): z.output<S> => Object.assign({}, ...fields.map((of) => of(row))) as z.output<S>;
      return listed(request, page, toJson, more);
    },
  });
  return {
    ...operation,
    list: { filters: spec.filters, sorts: spec.sorts, order: spec.order },
    files: spec.csv ? { csv: fileOperation(spec, spec.csv, 'csv'), xlsx: fileOperation(spec, spec.csv, 'xlsx') } : null,
  };
}

function mapped<T, U>(entries: readonly (readonly [string, T])[], to: (value: T) => U): Record<string, U> {
  return Object.fromEntries(entries.map(([name, value]) => [name, to(value)]));
}
