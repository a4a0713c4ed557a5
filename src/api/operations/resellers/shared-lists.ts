import { sharedSorts, type SharedFields, type SharedRow } from '../../../storage/resellers/shared-records.js';
import type { Area } from '../../contract/areas.js';
import type { Column } from '../../../documents/tables/csv.js';
import type { z } from '../../contract/zod.js';
import type { SharedApi } from './shared-operations.js';

/** The lists of records that clients of a reseller and of its sub-resellers refer to. */

interface SharedList<Row, S extends z.ZodObject> {
  readonly path: string;
  readonly area: Area;
  readonly summary: string;
  readonly scope: 'profiles:read';
  readonly sorts: typeof sharedSorts;
  readonly order: string;
  readonly page: string;
  readonly item: S;
  readonly toJson: (row: Row) => z.output<S>;
}

/** What each list of such records has. */
export function sharedListOf<Fields extends SharedFields, Row extends Fields & SharedRow, S extends z.ZodObject>({
  path,
  area,
  plural,
  schema,
  toJson,
}: SharedApi<Fields, Row, S>): SharedList<Row, S> {
  return {
    path,
    area,
    summary: `List ${plural}`,
    scope: 'profiles:read',
    sorts: sharedSorts,
    order: 'name',
    page: `A page of ${plural}`,
    item: schema,
    toJson: (row) => toJson(row),
  };
}

/** The list as a file: with these columns between the name and the reseller. */
export function sharedFileOf<Json extends SharedJson>(
  { path, plural }: { readonly path: `/v1/${string}`; readonly plural: string; readonly toJson: (row: never) => Json },
  id: string,
  columns: Readonly<Record<string, Column<Json>>>,
): {
  readonly id: string;
  readonly name: string;
  readonly what: string;
  readonly columns: Readonly<Record<string, Column<Json>>>;
} {
  return {
    ...{ id, name: path.slice('/v1/'.length), what: plural },
    columns: {
      id: { header: 'ID', value: (row) => ({ number: row.id }) },
      name: { header: 'Name', value: ({ name }) => name },
      ...columns,
      resellerName: { header: 'Reseller', value: ({ resellerName }) => resellerName },
      clients: { header: 'Clients', value: ({ clients }) => ({ number: clients }) },
      createdAt: { header: 'Created', value: ({ createdAt }) => createdAt },
      updatedAt: { header: 'Changed', value: ({ updatedAt }) => updatedAt },
    },
  };
}

interface SharedJson {
  readonly id: string;
  readonly name: string;
  readonly resellerName: string;
  readonly clients: number;
  readonly createdAt: string;
  readonly updatedAt: string;
}
