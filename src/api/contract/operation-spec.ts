import type { Logger } from '../../observability/logger.js';
import type { Requester } from '../../services/change.js';
import type { Scope } from '../../storage/system/scope.js';
import type { PromisedAnswer, Responses } from './promised-answer.js';
import type { Area } from './areas.js';
import type { ApiContext, Caller, PanelCaller, UserCaller } from '../context.js';
import type { AnswerBound } from '../http/answer-bound.js';
import type { IfMatch } from '../http/if-match.js';
import type { ProblemCode } from '../http/problem-codes.js';
import type { WantedScope } from '../../domain/access/scopes.js';
import type { Sender } from '../http/sender.js';
import type { z } from './zod.js';

/** What an operation declares, by who may call it, and what its handler is given. */

export type Method = 'get' | 'post' | 'put' | 'patch' | 'delete';

/** All objects strict (`z.strictObject`): an unknown field or parameter is refused. Only `headers` passes others by. */
export interface RequestSchemas {
  readonly params?: z.ZodObject;
  readonly query?: z.ZodObject;
  readonly body?: z.ZodType;
  readonly headers?: z.ZodObject;
}

type Parsed<S> = S extends z.ZodType ? z.output<S> : undefined;

export interface BaseInput<R extends RequestSchemas> {
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

export interface SharedSpec<R extends RequestSchemas, Res extends Responses> {
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

export interface OperationSpec<R extends RequestSchemas, Res extends Responses> extends SharedSpec<R, Res> {
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

export interface SessionOperationSpec<R extends RequestSchemas, Res extends Responses> extends SharedSpec<R, Res> {
  handler(input: SessionInput<R>): Promise<PromisedAnswer<Res>>;
}

export interface PanelOperationSpec<R extends RequestSchemas, Res extends Responses> extends SharedSpec<R, Res> {
  /** a change that a client of status `stop` may make: to pay, and what concerns the login */
  readonly whileStopped?: boolean;
  /** versioned resource: without `If-Match` the answer is 428; the handler then calls `requireVersion` */
  readonly needsIfMatch?: boolean;
  handler(input: PanelInput<R>): Promise<PromisedAnswer<Res>>;
}

export interface PublicOperationSpec<R extends RequestSchemas, Res extends Responses> extends SharedSpec<R, Res> {
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
