import type { Fragment, PendingQuery, Row } from 'postgres';
import { DomainError } from '../../domain/errors.js';
import type { Queries } from './database.js';

/**
 * Pages of a list by position: a page begins after the last row of the one before, however many rows came or went, and
 * costs the same wherever it is. Only a jump to a page by its number counts rows.
 */

/** A column that a list can be sorted by. The expressions must never be null: use `coalesce`. */
export interface SortColumn {
  readonly expression: Fragment;
  /** used instead where the order is descending: for rows that come last whichever way a list is sorted */
  readonly descending?: Fragment;
  readonly type: 'text' | 'numeric' | 'bigint' | 'timestamptz';
}

export interface SortKey<Name extends string = string> {
  readonly name: Name;
  readonly descending: boolean;
}

export interface PageRequest<Name extends string = string> {
  /** rows on a page */
  readonly limit: number;
  /** as an earlier page gave it; null: the page that begins after `skip` rows */
  readonly cursor: string | null;
  /** rows of the list before the page; read and thrown away, so that it must have a bound */
  readonly skip?: number;
  readonly sort: readonly SortKey<Name>[];
  /** also count all rows */
  readonly withTotal: boolean;
}

export interface Page<T> {
  readonly rows: readonly T[];
  /** null: this is the last page */
  readonly nextCursor: string | null;
  /** null: this is the first page */
  readonly prevCursor: string | null;
  /** number of the first row in the whole list, from 1; 0 where the list is empty */
  readonly rowFrom: number;
  /** all rows; null: not asked for */
  readonly total: number | null;
}

/** What a list's query is completed with. */
interface PageParts {
  /** a condition: rows of this page and after */
  readonly within: Fragment;
  readonly orderBy: Fragment;
  /** what follows `limit`: one more row than the page holds, to see whether there is another, and where to begin */
  readonly limit: Fragment;
  /** to be selected as `position` */
  readonly position: Fragment;
}

/** The column that makes every order complete; it is added to each sort. */
const tieBreak = 'id';

export interface ListQuery<T extends Row, Name extends string> {
  readonly columns: Readonly<Record<Name | typeof tieBreak, SortColumn>>;
  readonly select: (parts: PageParts) => PendingQuery<(T & { readonly position: readonly string[] })[]>;
  readonly count: () => PendingQuery<{ readonly total: number }[]>;
}

/**
 * Reads one page.
 *
 * @throws DomainError `invalid` for a cursor that this list did not give, and for a page after the last
 */
export async function readPage<T extends Row, Name extends string>(
  q: Queries,
  request: PageRequest<Name>,
  list: ListQuery<T, Name>,
): Promise<Page<T>> {
  const keys = complete(request.sort);
  const columns = inDirection(list.columns, keys);
  const cursor = request.cursor === null ? null : readCursor(request.cursor, keys, columns);
  const backwards = cursor?.backwards ?? false;
  const skip = cursor ? 0 : (request.skip ?? 0);
  const rows = await list.select({
    within: cursor ? beyond(q, keys, columns, cursor) : q`true`,
    orderBy: ordering(q, keys, columns, backwards),
    limit: q`${request.limit + 1} offset ${skip}`,
    position: joined(
      q,
      keys.map(({ name }) => q`(${columns[name].expression})::text`),
      (all) => q`array[${all}]`,
    ),
  });
  const more = rows.length > request.limit;
  const page = rows.slice(0, request.limit);
  if (backwards) page.reverse();
  const before = cursor ? rowsBefore(cursor, page.length) : skip;
  const isBeyond = page.length === 0 && skip > 0;
  const counted = request.withTotal || isBeyond ? await list.count() : [];
  if (isBeyond) throw noSuchPage(counted[0]?.total ?? 0, request.limit);
  const last = page.at(-1);
  const first = page[0];
  return {
    rows: page,
    nextCursor: last && (backwards || more) ? writeCursor(keys, last.position, before + page.length, false) : null,
    prevCursor:
      first && (backwards ? more : cursor !== null || skip > 0)
        ? writeCursor(keys, first.position, before, true)
        : null,
    rowFrom: first ? before + 1 : 0,
    total: request.withTotal ? (counted[0]?.total ?? 0) : null,
  };
}

/** Rows that are fetched at once while all are read; as the statement below says it. */
const batchRows = 500;

/**
 * Reads every row of a list in its order, some at a time: what is read is one state of the database. Each fetch is a
 * statement, so that the time for a statement bounds a fetch and not the reader.
 *
 * @param q within a transaction, which holds the cursor
 */
export async function* readRows<T extends Row, Name extends string>(
  q: Queries,
  sort: readonly SortKey<Name>[],
  list: ListQuery<T, Name>,
): AsyncGenerator<readonly T[]> {
  const keys = complete(sort);
  const parts = {
    within: q`true`,
    orderBy: ordering(q, keys, inDirection(list.columns, keys), false),
    limit: q`all`,
    position: q`null::text[]`,
  };
  await q`declare listed no scroll cursor for ${list.select(parts)}`;
  for (;;) {
    // Not prepared: the same words return other columns for another list.
    const rows = await q<(T & { readonly position: readonly string[] })[]>`fetch 500 from listed`.simple();
    if (rows.length > 0) yield rows;
    if (rows.length < batchRows) return;
  }
}

interface Cursor {
  readonly backwards: boolean;
  /** the values of the sort columns at the border, as text */
  readonly values: readonly string[];
  /** rows of the list before the border */
  readonly before: number;
}

function complete<Name extends string>(sort: readonly SortKey<Name>[]): SortKey<Name | typeof tieBreak>[] {
  const keys: SortKey<Name | typeof tieBreak>[] = [...sort];
  if (!keys.some(({ name }) => name === tieBreak)) {
    keys.push({ name: tieBreak, descending: keys[0]?.descending ?? false });
  }
  return keys;
}

function rowsBefore(cursor: Cursor, rows: number): number {
  return cursor.backwards ? Math.max(0, cursor.before - rows) : cursor.before;
}

type Columns<Name extends string> = Readonly<Record<Name, SortColumn>>;

/** The columns as the list is sorted by them; a page that is read backwards is of the same order. */
function inDirection<Name extends string>(columns: Columns<Name>, keys: readonly SortKey<Name>[]): Columns<Name> {
  const entries = keys.flatMap(({ name, descending }) => {
    const { descending: expression, type } = columns[name];
    return descending && expression ? [[name, { expression, type }] as const] : [];
  });
  return { ...columns, ...Object.fromEntries(entries) };
}

function ordering<Name extends string>(
  q: Queries,
  keys: readonly SortKey<Name>[],
  columns: Columns<Name>,
  backwards: boolean,
): Fragment {
  return joined(
    q,
    keys.map(({ name, descending }) =>
      descending !== backwards ? q`${columns[name].expression} desc` : q`${columns[name].expression} asc`,
    ),
    (all) => all,
  );
}

/** As the catalogue names them, for they are quoted. */
const typeNames = { text: 'text', numeric: 'numeric', bigint: 'int8', timestamptz: 'timestamptz' } as const;

/** Rows after the border in the order of the list. */
function beyond<Name extends string>(
  q: Queries,
  keys: readonly SortKey<Name>[],
  columns: Columns<Name>,
  cursor: Cursor,
): Fragment {
  if (keys.some((key) => key.descending !== keys[0]?.descending)) return keyByKey(q, keys, columns, cursor);
  // One direction: a comparison of rows, which an index in this order answers without reading what lies before.
  const row = joined(
    q,
    keys.map(({ name }) => columns[name].expression),
    (all) => q`(${all})`,
  );
  const border = joined(
    q,
    keys.map(({ name }, index) => valueOf(q, columns[name], cursor.values[index])),
    (all) => q`(${all})`,
  );
  return keys[0]?.descending !== cursor.backwards ? q`${row} < ${border}` : q`${row} > ${border}`;
}

/** Cast from text, so that the driver does not shorten what PostgreSQL wrote. */
function valueOf(q: Queries, column: SortColumn, value: string | undefined): Fragment {
  return q`${value ?? ''}::text::${q(typeNames[column.type])}`;
}

/** By the first key, or equal in it and by the second, and so on. */
function keyByKey<Name extends string>(
  q: Queries,
  keys: readonly SortKey<Name>[],
  columns: Columns<Name>,
  cursor: Cursor,
): Fragment {
  const [key, ...rest] = keys;
  if (!key) return q`false`;
  const { expression } = columns[key.name];
  const value = valueOf(q, columns[key.name], cursor.values[0]);
  const after = key.descending !== cursor.backwards ? q`${expression} < ${value}` : q`${expression} > ${value}`;
  if (rest.length === 0) return after;
  const further = keyByKey(q, rest, columns, { ...cursor, values: cursor.values.slice(1) });
  return q`(${after} or (${expression} = ${value} and ${further}))`;
}

function joined(q: Queries, parts: readonly Fragment[], wrap: (all: Fragment) => Fragment): Fragment {
  const [first, ...rest] = parts;
  return wrap(rest.reduce<Fragment>((all, part) => q`${all}, ${part}`, first ?? q``));
}

function sortText(keys: readonly SortKey[]): string {
  return keys.map(({ name, descending }) => `${descending ? '-' : ''}${name}`).join(',');
}

function writeCursor(keys: readonly SortKey[], values: readonly string[], before: number, backwards: boolean): string {
  return Buffer.from(JSON.stringify([sortText(keys), backwards ? 1 : 0, before, values])).toString('base64url');
}

const valuePatterns = {
  text: /^[^\p{Cc}\p{Cs}]{0,1000}$/u,
  numeric: /^-?\d{1,24}(\.\d{1,12})?$/,
  bigint: /^-?\d{1,18}$/,
  timestamptz: /^(\d{4,6}-\d\d-\d\d \d\d:\d\d:\d\d(\.\d{1,6})?\+00|-?infinity)$/,
} as const;

function readCursor<Name extends string>(text: string, keys: readonly SortKey<Name>[], columns: Columns<Name>): Cursor {
  const parts = decoded(text);
  if (!parts || parts.sort !== sortText(keys) || parts.values.length !== keys.length) throw strangeCursor();
  keys.forEach(({ name }, index) => {
    if (!valuePatterns[columns[name].type].test(parts.values[index] ?? '')) throw strangeCursor();
  });
  return parts;
}

function decoded(text: string): (Cursor & { readonly sort: string }) | null {
  try {
    const value: unknown = JSON.parse(Buffer.from(text, 'base64url').toString('utf8'));
    if (!Array.isArray(value)) return null;
    const [sort, backwards, before, values] = value as unknown[];
    const fits =
      typeof sort === 'string' &&
      (backwards === 0 || backwards === 1) &&
      Number.isSafeInteger(before) &&
      Array.isArray(values) &&
      values.every((entry) => typeof entry === 'string');
    if (!fits) return null;
    return { sort, backwards: backwards === 1, before: Math.max(0, Number(before)), values };
  } catch {
    return null;
  }
}

function noSuchPage(total: number, limit: number): DomainError {
  const last = Math.max(1, Math.ceil(total / limit));
  return new DomainError(
    'invalid',
    `must be up to ${last}: the list has ${total} rows, ${limit} per page`,
    '/query/page',
  );
}

function strangeCursor(): DomainError {
  return new DomainError(
    'invalid',
    'must be a cursor of this list in this order: use nextCursor or prevCursor, or omit it',
    '/query/cursor',
  );
}
