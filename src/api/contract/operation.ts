import type { Logger } from '../../observability/logger.js';
import type { Requester } from '../../services/change.js';
import { clientScope, scopeOf, type Scope } from '../../storage/system/scope.js';
import type { Answer } from './answers.js';
import type { PromisedAnswer, Responses, ResponseSpec } from './promised-answer.js';
import type { Area } from './areas.js';
import type { ApiContext, Caller, PanelCaller, UserCaller } from '../context.js';
import type { AnswerBound } from '../http/answer-bound.js';
import type { IfMatch } from '../http/if-match.js';
import { ApiProblem, problemAt, type FieldError } from '../http/problem.js';
import type { ProblemCode } from '../http/problem-codes.js';
import type { WantedScope } from '../../domain/access/scopes.js';
import type { Sender } from '../http/sender.js';
import { check } from './validation.js';
import { z } from './zod.js';

/**
 * One operation of the API: what it takes, what it answers, who may call it and what it does. One file each, under
 * `operations/<area>/`, listed in that area's `index.ts`; from these lists the routes are mounted and /openapi.json is
 * written.
 *
 * @example
 * export const readThingOperation = defineOperation({
 *   id: 'readThing', method: 'get', path: '/v1/things/{id}', area: 'things', summary: 'Read a thing',
 *   scope: 'things:read',
 *   request: { params: z.strictObject({ id: pathId }) },
 *   responses: { 200: { description: 'The thing', schema: thingSchema } },
 *   async handler({ params, scope }) {
 *     const thing = await scope.read((q) => findThing(q, scope.resellerId, params.id));
 *     if (!thing) throw new DomainError('not_found', `there is no thing ${params.id}`, '/path/id');
 *     return ok(thing, { version: thing.version });
 *   },
 * });
 */

type Method = 'get' | 'post' | 'put' | 'patch' | 'delete';

/** All objects strict (`z.strictObject`): an unknown field or parameter is refused. Only `headers` passes others by. */
interface RequestSchemas {
  readonly params?: z.ZodObject;
  readonly query?: z.ZodObject;
  readonly body?: z.ZodType;
  readonly headers?: z.ZodObject;
}

type Parsed<S> = S extends z.ZodType ? z.output<S> : undefined;

interface BaseInput<R extends RequestSchemas> {
  readonly params: Parsed<R['params']>;
  readonly query: Parsed<R['query']>;
  readonly body: Parsed<R['body']>;
  readonly headers: Parsed<R['headers']>;
  readonly context: ApiContext;
  /** as sent back in `X-Request-Id` */
  readonly requestId: string;
  /** names this request permanently: the caller's Idempotency-Key where there is one, else a new id */
  readonly dedupeId: string;
  /** names the update of a monitor that carries the request out: the same one until its outcome is known */
  readonly updateId: string;
  /** what the caller says it has read; see `requireVersion` */
  readonly ifMatch: IfMatch;
  /** ms since 1970, one instant for the whole request */
  readonly now: number;
  /** path and query as they were sent */
  readonly url: string;
  readonly log: Logger;
  /** the body byte by byte; for signatures */
  readonly rawBody: Buffer;
  readonly sender: Sender;
  /** the time that the request has left */
  readonly bound: AnswerBound;
}

interface ScopedInput<R extends RequestSchemas> extends BaseInput<R> {
  /** what the caller may read */
  readonly scope: Scope;
  /** for services, which change something for the caller */
  readonly requester: Requester;
}

interface OperationInput<R extends RequestSchemas> extends ScopedInput<R> {
  readonly caller: Caller;
}

interface SessionInput<R extends RequestSchemas> extends ScopedInput<R> {
  readonly caller: UserCaller;
}

interface PanelInput<R extends RequestSchemas> extends ScopedInput<R> {
  readonly caller: PanelCaller;
}

/** A file as the body of a request. */
export interface Upload {
  /** media types, one of which the request names */
  readonly types: readonly string[];
  readonly maxBytes: number;
}

interface SharedSpec<R extends RequestSchemas, Res extends Responses> {
  /** unique; the operationId of the OpenAPI document */
  readonly id: string;
  readonly method: Method;
  /** OpenAPI form: `/v1/clients/{id}` */
  readonly path: string;
  readonly area: Area;
  /** one line, imperative */
  readonly summary: string;
  readonly description?: string;
  readonly request?: R;
  /** an example of the body; a test holds it against the schema */
  readonly example?: unknown;
  readonly responses: Res;
  /** codes that this operation may answer besides those that every one may */
  readonly problems?: readonly ProblemCode[];
  /** the answer shows a secret once: it is never kept for a repeated Idempotency-Key */
  readonly secretAnswer?: boolean;
  /** the body holds a password, a code, or a token: it is not logged, nor kept for a repeated Idempotency-Key */
  readonly secretBody?: boolean;
}

interface OperationSpec<R extends RequestSchemas, Res extends Responses> extends SharedSpec<R, Res> {
  readonly scope: WantedScope;
  /** only keys and users of the operator, the root of the tree of resellers: what concerns all resellers */
  readonly operatorOnly?: boolean;
  /** versioned resource: without `If-Match` the answer is 428; the handler then calls `requireVersion` */
  readonly needsIfMatch?: boolean;
  /** takes an Idempotency-Key although it is no POST */
  readonly takesKey?: boolean;
  /** takes a file as its body, unparsed; `rawBody` holds it */
  readonly upload?: Upload;
  handler(input: OperationInput<R>): Promise<PromisedAnswer<Res>>;
}

interface SessionOperationSpec<R extends RequestSchemas, Res extends Responses> extends SharedSpec<R, Res> {
  handler(input: SessionInput<R>): Promise<PromisedAnswer<Res>>;
}

interface PanelOperationSpec<R extends RequestSchemas, Res extends Responses> extends SharedSpec<R, Res> {
  /** a change that a client of status `stop` may make: to pay, and what concerns the login */
  readonly whileStopped?: boolean;
  /** versioned resource: without `If-Match` the answer is 428; the handler then calls `requireVersion` */
  readonly needsIfMatch?: boolean;
  handler(input: PanelInput<R>): Promise<PromisedAnswer<Res>>;
}

interface PublicOperationSpec<R extends RequestSchemas, Res extends Responses> extends SharedSpec<R, Res> {
  /** takes the body as it is, unparsed; `rawBody` holds it */
  readonly raw?: boolean;
  handler(input: BaseInput<R>): Promise<PromisedAnswer<Res>>;
}

/** What the wire gives: nothing of it is trusted yet. */
export interface RawInput {
  readonly params: unknown;
  readonly query: unknown;
  readonly body: unknown;
  readonly headers: Readonly<Record<string, unknown>>;
  readonly context: ApiContext;
  readonly caller: Caller | null;
  readonly panelCaller: PanelCaller | null;
  readonly requestId: string;
  readonly dedupeId: string;
  readonly ifMatch: IfMatch;
  readonly now: number;
  readonly url: string;
  readonly log: Logger;
  readonly rawBody: Buffer;
  readonly sender: Sender;
  readonly bound: AnswerBound;
}

/** An operation as the router and the document see it. */
export interface Operation {
  readonly id: string;
  readonly method: Method;
  readonly path: string;
  readonly area: Area;
  readonly summary: string;
  readonly description: string | null;
  /** null: needs no caller */
  readonly scope: WantedScope | null;
  /** only for users who are logged in: what concerns their own session and account */
  readonly sessionOnly: boolean;
  /** only for users of the client panel, each for the own client; no key and no user of staff may call it */
  readonly isPanel: boolean;
  readonly operatorOnly: boolean;
  readonly needsIfMatch: boolean;
  readonly takesKey: boolean;
  readonly raw: boolean;
  /** null: the body is no file */
  readonly upload: Upload | null;
  readonly secretAnswer: boolean;
  readonly secretBody: boolean;
  readonly request: RequestSchemas;
  readonly example: unknown;
  readonly responses: Readonly<Record<number, ResponseSpec>>;
  readonly problems: readonly ProblemCode[];
  /**
   * Checks the request; returns what carries it out, given the `updateId`. @throws ApiProblem where it is not valid.
   */
  prepare(raw: RawInput): (updateId: string) => Promise<Answer>;
}

/** An operation that needs a caller, a key or a user, with its scope. */
export function defineOperation<const R extends RequestSchemas, const Res extends Responses>(
  spec: OperationSpec<R, Res>,
): Operation {
  return {
    ...common(spec),
    ...unmarked,
    scope: spec.scope,
    operatorOnly: spec.operatorOnly ?? false,
    needsIfMatch: spec.needsIfMatch ?? false,
    takesKey: spec.takesKey ?? false,
    upload: spec.upload ?? null,
    prepare(raw) {
      const { caller } = raw;
      if (!caller) throw new ApiProblem('key_missing', 'this operation needs an API key or a session');
      const input = { ...checked(spec.request, raw), caller, ...scopedTo(caller, raw) };
      return (updateId) => spec.handler({ ...input, updateId });
    },
  };
}

/** An operation of a user who is logged in, whatever the role. */
export function defineSessionOperation<const R extends RequestSchemas, const Res extends Responses>(
  spec: SessionOperationSpec<R, Res>,
): Operation {
  return {
    ...common(spec),
    ...unmarked,
    scope: 'any',
    sessionOnly: true,
    prepare(raw) {
      const { caller } = raw;
      if (caller?.kind !== 'user') throw new ApiProblem('session_missing', 'this operation needs a session');
      const input = { ...checked(spec.request, raw), caller, ...scopedTo(caller, raw) };
      return (updateId) => spec.handler({ ...input, updateId });
    },
  };
}

/** An operation of the client panel: its caller reads and changes only the own client. */
export function definePanelOperation<const R extends RequestSchemas, const Res extends Responses>(
  spec: PanelOperationSpec<R, Res>,
): Operation {
  const isRead = spec.method === 'get';
  const problems = isRead || spec.whileStopped ? [] : (['panel_stopped'] as const);
  return {
    ...common({ ...spec, problems: [...(spec.problems ?? []), ...problems] }),
    ...unmarked,
    scope: null,
    isPanel: true,
    needsIfMatch: spec.needsIfMatch ?? false,
    prepare(raw) {
      const { panelCaller: caller, context, now, bound } = raw;
      if (!caller) throw new ApiProblem('session_missing', 'this operation needs a session of the client panel');
      if (problems.length > 0 && caller.status === 'stop') {
        throw new ApiProblem('panel_stopped', 'the service is stopped: until it is active again, you can read and pay');
      }
      const scope = clientScope(context.databases.reseller, caller, bound);
      const requester = { scope, actor: caller.actor, now };
      const input = { ...checked(spec.request, raw), caller, scope, requester };
      return (updateId) => spec.handler({ ...input, updateId });
    },
  };
}

/** An operation that needs no caller: logging in, health, documents, and what carries its own signature. */
export function definePublicOperation<const R extends RequestSchemas, const Res extends Responses>(
  spec: PublicOperationSpec<R, Res>,
): Operation {
  return {
    ...common(spec),
    ...unmarked,
    scope: null,
    raw: spec.raw ?? false,
    prepare(raw) {
      const input = checked(spec.request, raw);
      return (updateId) => spec.handler({ ...input, updateId });
    },
  };
}

/** What an operation is not unless it says so. */
const unmarked = {
  sessionOnly: false,
  isPanel: false,
  operatorOnly: false,
  needsIfMatch: false,
  takesKey: false,
  raw: false,
  upload: null,
};

type Common = Omit<
  Operation,
  'scope' | 'sessionOnly' | 'isPanel' | 'operatorOnly' | 'needsIfMatch' | 'takesKey' | 'raw' | 'upload' | 'prepare'
>;

function common<R extends RequestSchemas, Res extends Responses>(spec: SharedSpec<R, Res>): Common {
  return {
    id: spec.id,
    method: spec.method,
    path: spec.path,
    area: spec.area,
    summary: spec.summary,
    description: spec.description ?? null,
    secretAnswer: spec.secretAnswer ?? false,
    secretBody: spec.secretBody ?? false,
    request: spec.request ?? {},
    example: spec.example,
    responses: spec.responses,
    problems: spec.problems ?? [],
  };
}

function scopedTo(caller: Caller, { context, now, bound }: RawInput): { scope: Scope; requester: Requester } {
  const scope = scopeOf(context.databases, caller, bound);
  return { scope, requester: { scope, actor: caller.actor, now, limitCap: caller.limitCap } };
}

const nothing = z.strictObject({});

function checked<R extends RequestSchemas>(schemas: R | undefined, raw: RawInput): Omit<BaseInput<R>, 'updateId'> {
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
