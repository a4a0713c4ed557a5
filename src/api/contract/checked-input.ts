import { ApiProblem, problemAt, type FieldError } from '../http/problem.js';
import type { BaseInput, RawInput, RequestSchemas } from './operation-spec.js';
import { check } from './validation.js';
import { z } from './zod.js';

const nothing = z.strictObject({});

/** What was sent, once the schemas have accepted it. @throws ApiProblem `not_found`, `invalid` */
export function checked<R extends RequestSchemas>(
  schemas: R | undefined,
  raw: RawInput,
): Omit<BaseInput<R>, 'updateId'> {
  const params = check(schemas?.params ?? nothing, raw.params, 'path');
  if (!params.ok)
    throw problemAt('not_found', params.faults[0]?.pointer ?? '#/path', 'this path does not exist: check it in /docs');
  const query = check(schemas?.query ?? nothing, raw.query, 'query');
  const body = schemas?.body ? check(schemas.body, raw.body, 'body') : noBody(raw.body);
  const headers = schemas?.headers ? check(schemas.headers, raw.headers, 'headers') : none;
  const faults = [query, headers, body].flatMap((part) => (part.ok ? [] : part.faults));
  if (faults.length > 0) throw new ApiProblem('invalid', summaryOf(faults), { errors: faults });
  const values: unknown = {
    params: params.value,
    query: query.ok ? query.value : undefined,
    body: body.ok ? body.value : undefined,
    headers: headers.ok ? headers.value : undefined,
  };
  // The schemas have just said so.
  const parsed = values as Pick<BaseInput<R>, 'params' | 'query' | 'body' | 'headers'>;
  const { context, requestId, dedupeId, ifMatch, now, url, log, rawBody, sender, bound } = raw;
  return { ...parsed, context, requestId, dedupeId, ifMatch, now, url, log, rawBody, sender, bound };
}

const none = { ok: true, value: undefined } as const;

/** An operation without a body takes none, or an empty object. */
function noBody(body: unknown): ReturnType<typeof check<typeof nothing>> | typeof none {
  return body === undefined || Buffer.isBuffer(body) ? none : check(nothing, body, 'body');
}

function summaryOf(faults: readonly FieldError[]): string {
  const [first] = faults;
  const more = faults.length > 1 ? ` (and ${faults.length - 1} more)` : '';
  return `${first?.pointer ?? ''}: ${first?.detail ?? ''}${more}`;
}
