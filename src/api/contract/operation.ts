import type { Requester } from '../../services/change.js';
import { clientScope, scopeOf, type Scope } from '../../storage/system/scope.js';
import type { Answer } from './answers.js';
import type { Responses, ResponseSpec } from './promised-answer.js';
import type { Area } from './areas.js';
import type { Caller } from '../context.js';
import { ApiProblem } from '../http/problem.js';
import type { ProblemCode } from '../http/problem-codes.js';
import type { WantedScope } from '../../domain/access/scopes.js';
import { checked } from './checked-input.js';
import type {
  Method,
  OperationSpec,
  PanelOperationSpec,
  PublicOperationSpec,
  RawInput,
  RequestSchemas,
  SessionOperationSpec,
  SharedSpec,
  Upload,
} from './operation-spec.js';

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
