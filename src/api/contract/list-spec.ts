import type { Row } from 'postgres';
import type { Queries } from '../../storage/system/database.js';
import type { ListQuery } from '../../storage/system/paging.js';
import type { Scope } from '../../storage/system/scope.js';
import type { WantedScope } from '../../domain/access/scopes.js';
import type { ApiContext, Caller } from '../context.js';
import type { Area } from './areas.js';
import type { Column } from '../../documents/tables/csv.js';
import type { z } from './zod.js';

/** What a list declares, and what it is read for. */

/** Parameters of a list by name, each optional or with a default. */
export type FilterShape = Readonly<Record<string, z.ZodType>>;

/** The filters of a request under the names of their parameters; null: not set. */
export type FilterValues<F extends FilterShape> = {
  readonly [Name in keyof F]:
    Exclude<z.output<F[Name]>, undefined> | (undefined extends z.output<F[Name]> ? null : never);
};

/** What a list is read for. */
export interface ListInput<F extends FilterShape, P extends z.ZodObject> {
  readonly filter: FilterValues<F>;
  readonly params: z.output<P>;
  readonly caller: Caller;
  readonly scope: Scope;
  readonly context: ApiContext;
  /** ms since 1970, one instant for the whole request */
  readonly now: number;
}

/** What a caller can ask for with `include`: something besides the rows, or fields of each row of the page. */
type Include<T, Input> = { readonly what: string } & (
  | { readonly schema: z.ZodType; readonly beside: (q: Queries, input: Input) => Promise<unknown> }
  | { readonly inRows: (q: Queries, rows: readonly T[], input: Input) => Promise<(row: T) => object> }
);

export interface ListSpec<
  T extends Row,
  Name extends string,
  S extends z.ZodObject,
  F extends FilterShape,
  P extends z.ZodObject,
> {
  /** unique; the operationId of the OpenAPI document */
  readonly id: string;
  /** OpenAPI form: `/v1/clients/{id}/entries` */
  readonly path: string;
  readonly area: Area;
  /** one line, imperative */
  readonly summary: string;
  readonly description?: string;
  readonly scope: WantedScope;
  /** of the path */
  readonly params?: P;
  readonly filters: F;
  /** fields that the list can be sorted by */
  readonly sorts: readonly Name[];
  /** the order where none is asked for, as a caller would write it: `-createdAt,name` */
  readonly order: string;
  /** describes an answer: `A page of clients` */
  readonly page: string;
  /** of a row as it is answered */
  readonly item: S;
  /** Refuses the request before anything is read: for a list of something that the caller must see. */
  readonly require?: (input: ListInput<F, P>) => Promise<unknown>;
  /** the rows in storage, within what the caller sees */
  readonly rows: (q: Queries, input: ListInput<F, P>) => ListQuery<T, Name>;
  readonly toJson: (row: T, input: ListInput<F, P>) => z.output<S>;
  readonly include?: Readonly<Record<string, Include<T, ListInput<F, P>>>>;
  /** the list as a file; absent: there is none */
  readonly csv?: CsvSpec<z.output<S>, P>;
}

interface CsvSpec<Json, P extends z.ZodObject> {
  /** operation id of the CSV; that of the XLSX ends in `Xlsx` */
  readonly id: string;
  /** as in `/v1/exports/<name>.csv` and `.xlsx` */
  readonly name: string;
  /** what the rows are, within a sentence: `API keys` */
  readonly what: string;
  /** the parameters of the list's path under the names that they have in the file's query */
  readonly params?: Readonly<Record<keyof z.output<P> & string, string>>;
  /** by the name in `columns`, in the order of the file where nothing else is asked for */
  readonly columns: Readonly<Record<string, Column<Json>>>;
}

interface Request {
  readonly query: unknown;
  readonly params: unknown;
  readonly caller: Caller;
  readonly scope: Scope;
  readonly context: ApiContext;
  readonly now: number;
}

/** What the list is read for, of a request that its schemas have checked. */
export function listInput<F extends FilterShape, P extends z.ZodObject>(
  spec: { readonly filters: F; readonly params?: P },
  { query, params, caller, scope, context, now }: Request,
): ListInput<F, P> {
  return { filter: filterValues(spec.filters, query), params: params as z.output<P>, caller, scope, context, now };
}

/** The filters within a query that their schemas have checked. */
export function filterValues<F extends FilterShape>(filters: F, query: unknown): FilterValues<F> {
  const given = query as Readonly<Record<string, unknown>>;
  return Object.fromEntries(Object.keys(filters).map((name) => [name, given[name] ?? null])) as FilterValues<F>;
}
