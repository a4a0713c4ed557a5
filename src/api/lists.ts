import type { Page, PageRequest, SortKey } from '../storage/paging.js';
import { ok, type Answer } from './answers.js';
import { timeString, timeText } from './schemas.js';
import { z } from './zod.js';

/** What every list has: pages by cursor, an order, a count on request. */

const defaultLimit = 25;
const mostRows = 200;

const limit = z
  .string()
  .regex(/^\d{1,4}$/, 'must be a whole number')
  .transform(Number)
  .pipe(z.int().min(1).max(mostRows))
  .default(defaultLimit)
  .openapi({ type: 'integer', minimum: 1, maximum: mostRows, default: defaultLimit, description: 'Rows on a page' });

/** What `listQuery` makes. */
export type ListQuerySchema<Name extends string> = z.ZodObject<
  {
    limit: z.ZodType<number, string | undefined>;
    cursor: z.ZodOptional<z.ZodString>;
    sort: z.ZodType<SortKey<Name>[], string | undefined>;
    include: z.ZodOptional<z.ZodEnum<{ total: 'total' }>>;
  },
  z.core.$strict
>;

/**
 * The parameters of a list that can be sorted by `names`; add the list's own filters with `.extend`.
 *
 * @param byDefault as a caller would write it: `-createdAt,name`
 */
export function listQuery<const Name extends string>(names: readonly Name[], byDefault: string): ListQuerySchema<Name> {
  return z.strictObject({
    limit,
    cursor: z.string().max(4000).optional().openapi({ description: '`nextCursor` or `prevCursor` of another page' }),
    sort: z
      .string()
      .max(200)
      .default(byDefault)
      .transform((text, ctx) => sortKeys(text, names, ctx))
      .openapi({
        type: 'string',
        default: byDefault,
        description: `Columns, most important first, \`-\` for descending: ${names.join(', ')}`,
      }),
    include: z
      .enum(['total'])
      .optional()
      .openapi({ description: '`total`: also `total`, `rowFrom` and `rowTo`, for "Rows 1 – 25 of 120"' }),
  });
}

function sortKeys<Name extends string>(text: string, names: readonly Name[], ctx: z.RefinementCtx): SortKey<Name>[] {
  const keys: SortKey<Name>[] = [];
  for (const part of text.split(',')) {
    const descending = part.startsWith('-');
    const wanted = descending ? part.slice(1) : part;
    const name = names.find((known) => known === wanted);
    if (name === undefined || keys.some((key) => key.name === name)) {
      ctx.addIssue({ code: 'custom', message: `sort by some of ${names.join(', ')}, each once`, input: text });
      return z.NEVER;
    }
    keys.push({ name, descending });
  }
  return keys;
}

/** A filter that takes one of `values`, or several with commas. */
export function oneOrMore<const Value extends string>(values: readonly Value[]): z.ZodType<Value[], string> {
  return z
    .string()
    .max(400)
    .transform((text, ctx) => {
      const found = text.split(',').map((part) => values.find((value) => value === part.trim()));
      const known = found.filter((value) => value !== undefined);
      if (known.length === found.length) return known;
      ctx.addIssue({ code: 'custom', message: `must be some of ${values.join(', ')}`, input: text });
      return z.NEVER;
    });
}

interface ListQueryValues<Name extends string> {
  readonly limit: number;
  readonly cursor?: string | undefined;
  readonly sort: readonly SortKey<Name>[];
  readonly include?: 'total' | undefined;
}

export function pageRequest<Name extends string>(query: ListQueryValues<Name>): PageRequest<Name> {
  return {
    limit: query.limit,
    cursor: query.cursor ?? null,
    sort: query.sort,
    withTotal: query.include === 'total',
  };
}

/** What `pageOf` makes. */
export type PageSchema<S extends z.ZodType> = z.ZodObject<
  {
    data: z.ZodArray<S>;
    hasMore: z.ZodBoolean;
    nextCursor: z.ZodNullable<z.ZodString>;
    prevCursor: z.ZodNullable<z.ZodString>;
    total: z.ZodOptional<z.ZodInt>;
    rowFrom: z.ZodOptional<z.ZodInt>;
    rowTo: z.ZodOptional<z.ZodInt>;
    serverTime: z.ZodString;
  },
  z.core.$strict
>;

/** The schema of a page of `item`s. */
export function pageOf<S extends z.ZodType>(item: S): PageSchema<S> {
  return z.strictObject({
    data: z.array(item),
    hasMore: z.boolean(),
    nextCursor: z.string().nullable(),
    prevCursor: z.string().nullable(),
    total: z.int().optional(),
    rowFrom: z.int().optional(),
    rowTo: z.int().optional(),
    serverTime: timeString,
  });
}

/** A page as an answer, with `Link` headers to its neighbours. */
export function listed<T>(
  input: { readonly url: string; readonly now: number },
  page: Page<T>,
  toJson: (row: T) => unknown,
): Answer {
  const links = [
    ...(page.nextCursor === null ? [] : [`<${withCursor(input.url, page.nextCursor)}>; rel="next"`]),
    ...(page.prevCursor === null ? [] : [`<${withCursor(input.url, page.prevCursor)}>; rel="prev"`]),
  ];
  const counts =
    page.total === null
      ? {}
      : {
          total: page.total,
          rowFrom: page.rowFrom,
          rowTo: page.rowFrom === 0 ? 0 : page.rowFrom + page.rows.length - 1,
        };
  const body = {
    data: page.rows.map(toJson),
    hasMore: page.nextCursor !== null,
    nextCursor: page.nextCursor,
    prevCursor: page.prevCursor,
    ...counts,
    serverTime: timeText(new Date(input.now)),
  };
  return ok(body, links.length > 0 ? { headers: { Link: links.join(', ') } } : {});
}

function withCursor(url: string, cursor: string): string {
  const [path = '', query = ''] = url.split('?', 2);
  const parameters = new URLSearchParams(query);
  parameters.set('cursor', cursor);
  return `${path}?${parameters.toString()}`;
}
