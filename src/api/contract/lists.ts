import type { Page, PageRequest, SortKey } from '../../storage/system/paging.js';
import { DomainError } from '../../domain/errors.js';
import { ok, type Answer } from './answers.js';
import { timeString, timeText } from './schemas.js';
import { z } from './zod.js';

/** What every list has: pages by cursor or number, an order, a count on request. */

const defaultLimit = 25;
const mostRows = 200;
/** A jump to a page reads the rows before it, so that it reaches only so many rows. */
const maxJumpRows = 10_000;

const limit = z
  .string()
  .regex(/^\d{1,4}$/, 'must be a whole number')
  .transform(Number)
  .pipe(z.int().min(1).max(mostRows))
  .default(defaultLimit)
  .openapi({ type: 'integer', minimum: 1, maximum: mostRows, default: defaultLimit, description: 'Rows per page' });

const page = z
  .string()
  .regex(/^\d{1,6}$/, 'must be a whole number')
  .transform(Number)
  .pipe(z.int().min(1))
  .optional()
  .openapi({
    type: 'integer',
    minimum: 1,
    description: `Page number, within the first ${maxJumpRows} rows; not together with \`cursor\``,
  });

/** What `listQuery` makes. */
type ListQuerySchema<Name extends string, Extra extends string = never> = z.ZodObject<
  {
    limit: z.ZodType<number, string | undefined>;
    cursor: z.ZodOptional<z.ZodString>;
    page: z.ZodType<number | undefined, string | undefined>;
    sort: z.ZodType<SortKey<Name>[], string | undefined>;
    include: z.ZodType<('total' | Extra)[], string | undefined>;
  },
  z.core.$strict
>;

/** What a list can return besides its rows. */
interface Extras<Extra extends string> {
  /** name -> what it is */
  readonly include?: Readonly<Record<Extra, string>>;
}

/**
 * The parameters of a list that can be sorted by `names`; add the list's own filters with `.extend`.
 *
 * @param byDefault as a caller would write it: `-createdAt,name`
 */
export function listQuery<const Name extends string, const Extra extends string = never>(
  names: readonly Name[],
  byDefault: string,
  extras: Extras<Extra> = {},
): ListQuerySchema<Name, Extra> {
  const more: readonly [string, string][] = Object.entries(extras.include ?? {});
  // The keys of `extras.include` are `Extra` by its type.
  const known = ['total', ...more.map(([name]) => name)] as ('total' | Extra)[];
  return z.strictObject({
    limit,
    cursor: z.string().max(4000).optional().openapi({ description: '`nextCursor` or `prevCursor` of another page' }),
    page,
    sort: z
      .string()
      .max(200)
      .default(byDefault)
      .transform((text, ctx) => sortKeys(text, names, ctx))
      .openapi({
        ...severalOf(names.flatMap((name) => [name, `-${name}`])),
        default: byDefault.split(','),
        description: 'Sort fields, most important first; `-`: descending',
      }),
    include: oneOrMore<'total' | Extra>(known)
      .optional()
      .transform((asked) => asked ?? [])
      .openapi({
        description: [
          '`total`: adds `total`, `rowFrom`, and `rowTo`, for “Rows 1–25 of 120”',
          ...more.map(([name, text]) => `\`${name}\`: ${text}`),
        ].join('; '),
      }),
  });
}

function sortKeys<Name extends string>(text: string, names: readonly Name[], ctx: z.RefinementCtx): SortKey<Name>[] {
  const keys: SortKey<Name>[] = [];
  for (const part of text.split(',')) {
    const descending = part.startsWith('-');
    const wanted = descending ? part.slice(1) : part;
    const name = names.find((known) => known === wanted);
    if (name === undefined || keys.some((key) => key.name === name)) {
      ctx.addIssue({ code: 'custom', message: `must be some of ${names.join(', ')}, each once`, input: text });
      return z.NEVER;
    }
    keys.push({ name, descending });
  }
  return keys;
}

/** How the document shows a parameter that takes some of `values`, with commas between them. */
export function severalOf(values: readonly string[]): {
  readonly type: 'array';
  readonly items: { readonly type: 'string'; readonly enum: string[] };
  readonly param: { readonly style: 'form'; readonly explode: false };
} {
  return {
    type: 'array',
    items: { type: 'string', enum: [...values] },
    param: { style: 'form', explode: false },
  };
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
    })
    .openapi(severalOf(values));
}

/** A filter that is `true` or `false`. */
export const flag = z
  .enum(['true', 'false'], { error: 'must be true or false' })
  .transform((text) => text === 'true')
  .openapi({ type: 'boolean' });

/** A filter that is a whole number. */
export function wholeNumber(least: number, most: number): z.ZodType<number, string> {
  return z
    .string()
    .regex(/^-?\d{1,9}$/, 'must be a whole number')
    .transform(Number)
    .pipe(z.int().min(least).max(most))
    .openapi({ type: 'integer', minimum: least, maximum: most });
}

export interface ListQueryValues<Name extends string> {
  readonly limit: number;
  readonly cursor?: string | undefined;
  readonly page?: number | undefined;
  readonly sort: readonly SortKey<Name>[];
  readonly include: readonly string[];
}

/** @throws DomainError `invalid` for a page that is too far, or that is asked for together with a cursor */
export function pageRequest<Name extends string>(query: ListQueryValues<Name>): PageRequest<Name> {
  const { limit, page: number = 1 } = query;
  if (query.page !== undefined && query.cursor !== undefined) {
    throw new DomainError('invalid', 'must not be combined with `cursor`', '/query/page');
  }
  const last = Math.floor(maxJumpRows / limit);
  if (number > last) {
    const remedy = 'narrow the list with filters, or continue with `cursor`';
    throw new DomainError('invalid', `must be up to ${last} at ${limit} rows per page: ${remedy}`, '/query/page');
  }
  return {
    limit,
    cursor: query.cursor ?? null,
    skip: (number - 1) * limit,
    sort: query.sort,
    withTotal: query.include.includes('total'),
  };
}

/** What `pageOf` makes. */
type PageSchema<S extends z.ZodType> = z.ZodObject<
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

interface PageJson<Item> {
  readonly data: Item[];
  readonly hasMore: boolean;
  readonly nextCursor: string | null;
  readonly prevCursor: string | null;
  readonly total?: number;
  readonly rowFrom?: number;
  readonly rowTo?: number;
  readonly serverTime: string;
}

/**
 * A page as an answer, with `Link` headers to its neighbours.
 *
 * @param more what was asked for with `include`
 */
export function listed<T, Item, More extends object = object>(
  input: { readonly url: string; readonly now: number },
  page: Page<T>,
  toJson: (row: T) => Item,
  more: More = {} as More,
): Answer<200, PageJson<Item> & More> {
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
    ...more,
    serverTime: timeText(new Date(input.now)),
  };
  return ok(body, links.length > 0 ? { headers: { Link: links.join(', ') } } : {});
}

function withCursor(url: string, cursor: string): string {
  const [path = '', query = ''] = url.split('?', 2);
  const parameters = new URLSearchParams(query);
  parameters.delete('page');
  parameters.set('cursor', cursor);
  return `${path}?${parameters.toString()}`;
}
