import { api, unwrap } from './client';
import type { paths } from './schema';

/** The parameters of a list as the address of the page has them: texts, which the service checks. */
export type ListQuery = Readonly<Record<string, string>>;

interface AnyList {
  readonly get: {
    readonly responses: { readonly 200: { readonly content: { readonly 'application/json': unknown } } };
  };
}

type ListPath = { [Path in keyof paths]: paths[Path] extends AnyList ? Path : never }[keyof paths];
type ListBody<Path extends ListPath> = paths[Path] extends AnyList
  ? paths[Path]['get']['responses'][200]['content']['application/json']
  : never;

interface ListRequest {
  readonly params: { readonly path?: Readonly<Record<string, string>>; readonly query: ListQuery };
  readonly signal: AbortSignal;
}

/**
 * Reads a page of a list. The body has the type of the document; the query has not, because it comes from the address.
 *
 * @param path the values of the parameters in the path
 */
export function readList<Path extends ListPath>(
  list: Path,
  query: ListQuery,
  signal: AbortSignal,
  path?: Readonly<Record<string, string>>,
): Promise<ListBody<Path>> {
  const get = api.GET as unknown as (
    list: Path,
    request: ListRequest,
  ) => Promise<{ readonly data?: ListBody<Path>; readonly response: Response }>;
  return unwrap(get(list, { params: { ...(path && { path }), query }, signal })) as Promise<ListBody<Path>>;
}
