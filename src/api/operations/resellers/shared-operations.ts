import { changeShared, existingShared, removeShared, type SharedKind } from '../../../services/shared-record.js';
import type { Precondition, Requester } from '../../../services/change.js';
import { applyPatch, type Patch } from '../../../domain/patch.js';
import { findShared, type SharedFields, type SharedRow } from '../../../storage/resellers/shared-records.js';
import { created, noContent, ok } from '../../contract/answers.js';
import type { Area } from '../../contract/areas.js';
import { defineOperation, type Operation } from '../../contract/operation.js';
import { pathId, reason } from '../../contract/schemas.js';
import { z } from '../../contract/zod.js';
import { requireVersion } from '../../http/if-match.js';

/**
 * The operations of small records that clients of a reseller and of its sub-resellers refer to. A record says once what it is
 * (`SharedApi`); the file of each operation has what is its own.
 */
export interface SharedApi<Fields extends SharedFields, Row extends Fields & SharedRow, S extends z.ZodObject> {
  readonly kind: SharedKind<Fields, Row>;
  readonly path: `/v1/${string}`;
  readonly area: Area;
  /** as the object of a verb: `a customer class` */
  readonly one: string;
  /** of one that is there: `customer class` */
  readonly noun: string;
  readonly plural: string;
  readonly schema: S;
  readonly toJson: (row: Row) => z.output<S>;
}

type Answered = Readonly<Record<string, unknown>>;

const params = z.strictObject({ id: pathId });

/** Another answer to a change than the record itself. */
interface WrittenAnswer<Row, Body> {
  readonly schema: z.ZodObject;
  readonly toJson: (row: Row, body: Body) => Answered;
}

interface Reasoned {
  readonly reason?: string | undefined;
}

interface OwnedBody extends Reasoned {
  readonly resellerId?: string | undefined;
}

interface CreationSpec<Body extends OwnedBody, Row> {
  readonly id: string;
  readonly description?: string;
  readonly body: z.ZodType<Body>;
  readonly example: unknown;
  /** absent: the record */
  readonly answer?: WrittenAnswer<Row, Body>;
  readonly create: (
    requester: Requester,
    fields: Omit<Body, 'reason' | 'resellerId'> & { readonly resellerId: string },
    reason: string | null,
  ) => Promise<Row>;
}

export function defineSharedCreation<
  Fields extends SharedFields,
  Row extends Fields & SharedRow,
  S extends z.ZodObject,
  Body extends OwnedBody,
>(api: SharedApi<Fields, Row, S>, spec: CreationSpec<Body, Row>): Operation {
  const answer = spec.answer ?? plainAnswer(api);
  return defineOperation({
    ...{ id: spec.id, method: 'post', path: api.path, area: api.area, summary: `Create ${api.one}` },
    ...(spec.description !== undefined && { description: spec.description }),
    scope: 'profiles:write',
    request: { body: spec.body },
    example: spec.example,
    responses: { 201: { description: `The ${api.noun}`, schema: answer.schema } },
    problems: ['not_found', 'conflict', 'already_exists'],
    async handler({ body, requester }) {
      const { reason: why = null, resellerId = requester.scope.resellerId, ...fields } = body;
      const row = await spec.create(requester, { ...fields, resellerId }, why);
      return created(`${api.path}/${row.id}`, answer.toJson(row, body), { version: row.version });
    },
  });
}

export function defineSharedRead<Fields extends SharedFields, Row extends Fields & SharedRow, S extends z.ZodObject>(
  api: SharedApi<Fields, Row, S>,
  id: string,
): Operation {
  const answer = plainAnswer(api);
  return defineOperation({
    ...{ id, method: 'get', path: `${api.path}/{id}`, area: api.area, summary: `Get ${api.one}` },
    scope: 'profiles:read',
    request: { params },
    responses: { 200: { description: `The ${api.noun}`, schema: answer.schema } },
    async handler({ params: { id: asked }, caller, scope }) {
      const found = await scope.read((q) => findShared(q, api.kind.stored, caller.resellerId, asked));
      const row = existingShared(api.kind, found, asked);
      return ok(answer.toJson(row), { version: row.version });
    },
  });
}

/** How a record is changed by some of its fields. */
type ChangeByPatch<Changes, Row> = (
  requester: Requester,
  id: string,
  edit: { readonly patch: Changes; readonly reason: string | null },
  precondition: Precondition<Row>,
) => Promise<Row>;

/** Each field that is given replaces the one before. */
export function patched<Fields extends SharedFields, Row extends Fields & SharedRow>({
  kind,
}: Pick<SharedApi<Fields, Row, z.ZodObject>, 'kind'>): ChangeByPatch<Patch<Row>, Row> {
  return (requester, id, { patch, reason: why }, precondition) => {
    const edit = { fieldsFor: (before: Row) => applyPatch(before, patch), reason: why };
    return changeShared(requester, kind, id, edit, precondition);
  };
}

interface ChangeSpec<Body extends Reasoned, Row> {
  readonly id: string;
  readonly description: string;
  readonly body: z.ZodType<Body>;
  readonly example: unknown;
  /** absent: the record */
  readonly answer?: WrittenAnswer<Row, Body>;
  readonly change: ChangeByPatch<Omit<Body, 'reason'>, Row>;
}

export function defineSharedChange<
  Fields extends SharedFields,
  Row extends Fields & SharedRow,
  S extends z.ZodObject,
  Body extends Reasoned,
>(api: SharedApi<Fields, Row, S>, spec: ChangeSpec<Body, Row>): Operation {
  const answer = spec.answer ?? plainAnswer(api);
  return defineOperation({
    ...{ id: spec.id, method: 'patch', path: `${api.path}/{id}`, area: api.area, summary: `Change ${api.one}` },
    description: spec.description,
    scope: 'profiles:write',
    needsIfMatch: true,
    request: { params, body: spec.body },
    example: spec.example,
    responses: { 200: { description: `The ${api.noun}`, schema: answer.schema } },
    problems: ['already_exists'],
    async handler({ params: { id }, body, requester, ifMatch }) {
      const { reason: why = null, ...patch } = body;
      const row = await spec.change(requester, id, { patch, reason: why }, (before) =>
        requireVersion(ifMatch, before.version, api.toJson(before)),
      );
      return ok(answer.toJson(row, body), { version: row.version });
    },
  });
}

export function defineSharedDeletion<
  Fields extends SharedFields,
  Row extends Fields & SharedRow,
  S extends z.ZodObject,
>(api: SharedApi<Fields, Row, S>, id: string): Operation {
  return defineOperation({
    ...{ id, method: 'delete', path: `${api.path}/{id}`, area: api.area },
    summary: `Delete ${api.one} that no client uses`,
    scope: 'profiles:write',
    needsIfMatch: true,
    request: { params, query: z.strictObject({ reason: reason.optional() }) },
    responses: { 204: { description: 'Deleted' } },
    problems: ['in_use'],
    async handler({ params: { id: asked }, query, requester, ifMatch }) {
      await removeShared(requester, api.kind, asked, query.reason ?? null, (row) =>
        requireVersion(ifMatch, row.version, api.toJson(row)),
      );
      return noContent();
    },
  });
}

function plainAnswer<Fields extends SharedFields, Row extends Fields & SharedRow, S extends z.ZodObject>({
  schema,
  toJson,
}: SharedApi<Fields, Row, S>): { readonly schema: z.ZodObject; readonly toJson: (row: Row) => Answered } {
  return { schema, toJson: (row) => toJson(row) };
}
