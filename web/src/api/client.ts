import createClient from 'openapi-fetch';
import type { paths } from './schema';
import { noteServerTime, send } from './transport';

/**
 * The API with the types of its document. Calls throw `ApiError` where the answer is a refusal; `take` gives the body
 * of a good one.
 *
 * @example const client = await take(api.GET('/v1/clients/{id}', { params: { path: { id } }, signal }));
 */
export const api = createClient<paths>({
  baseUrl: globalThis.location?.origin ?? 'http://localhost',
  credentials: 'same-origin',
  querySerializer: { array: { style: 'form', explode: false } },
  fetch: send,
});

interface Answer {
  readonly data?: unknown;
  readonly response: Response;
}

type Body<A extends Answer> = Exclude<A['data'], undefined>;

/** The body of an answer. */
export async function unwrap<A extends Answer>(call: Promise<A>): Promise<Body<A>> {
  const { data } = await call;
  if (hasServerTime(data)) noteServerTime(data.serverTime);
  return data as Body<A>;
}

/** What was read, with the ETag that a change of it needs as If-Match. */
export interface Versioned<T> {
  readonly value: T;
  readonly etag: string;
}

/** @example const read = await takeVersioned(api.GET('/v1/profiles/{id}', …)); read.etag */
export async function unwrapVersioned<A extends Answer>(call: Promise<A>): Promise<Versioned<Body<A>>> {
  const { data, response } = await call;
  return { value: data as Body<A>, etag: response.headers.get('ETag') ?? '' };
}

/** The tag of a version that a row of a list holds, as the GET of the thing itself would give it. */
export function etagOf({ version }: { readonly version: number }): string {
  return `"${version}"`;
}

function hasServerTime(data: unknown): data is { readonly serverTime: string } {
  return typeof data === 'object' && data !== null && 'serverTime' in data && typeof data.serverTime === 'string';
}
