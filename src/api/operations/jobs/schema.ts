import { allows } from '../../../domain/access/scopes.js';
import { DomainError } from '../../../domain/errors.js';
import {
  anyJobKindNames,
  jobKindSpec,
  type AnyJobKind,
  type JobKind,
  type JobParameters,
} from '../../../domain/jobs/job-kinds.js';
import { jobStatuses } from '../../../domain/jobs/job-outcomes.js';
import type { JobSelection } from '../../../services/jobs/start-job.js';
import { findJob, type JobRow } from '../../../storage/jobs/job-list.js';
import type { Scope } from '../../../storage/system/scope.js';
import type { Logger } from '../../../observability/logger.js';
import type { ApiContext, Caller } from '../../context.js';
import { actorNameText, idText, pathId, timeOrNull, timeString, timeText } from '../../contract/schemas.js';
import { z } from '../../contract/zod.js';
import { ApiProblem } from '../../http/problem.js';
import { TemporalUnavailable } from '../../../temporal/gateway.js';
import { seenOrNull } from './seen.js';
import { selectionOf, type selectionSchema } from './selection.js';

export const jobParams = z.strictObject({ id: pathId });

const actor = z.string().openapi({ example: 'user:3' });

export const jobSchema = z
  .strictObject({
    id: idText,
    kind: z.enum(anyJobKindNames),
    parameters: z
      .record(z.string(), z.unknown())
      .openapi({ description: 'As they were given; the names depend on `kind`' }),
    reason: z.string().nullable(),
    query: z.string().nullable().openapi({ description: 'The filters whose clients were selected; null: named by id' }),
    status: z.enum(jobStatuses),
    resellerId: idText,
    startedBy: actor,
    startedByName: actorNameText,
    runsAs: actor.openapi({
      description: 'Whose rights the rows are carried out with: who started it, or retried it last',
    }),
    runsAsName: actorNameText,
    canceledBy: actor.nullable(),
    canceledByName: actorNameText,
    rows: z.int().openapi({ description: 'Clients' }),
    counts: z
      .strictObject({
        pending: z.int(),
        done: z.int(),
        unchanged: z.int().openapi({ description: 'Was so already' }),
        refused: z.int().openapi({ description: 'As a single request would be' }),
        conflict: z.int().openapi({ description: 'Changed by someone else after the preview, and left alone' }),
        failed: z.int().openapi({ description: 'Without an outcome after several tries' }),
        canceled: z.int(),
      })
      .openapi({ description: 'Rows by outcome, as of the last batch' }),
    createdAt: timeString,
    endedAt: timeString.nullable(),
  })
  .openapi('Job');

export function jobJson(row: JobRow): z.output<typeof jobSchema> {
  const { rows, done, unchanged, refused, conflict, failed, canceled } = row;
  const pending = rows - done - unchanged - refused - conflict - failed - canceled;
  return {
    id: row.id,
    kind: row.kind,
    parameters: row.parameters,
    reason: row.reason,
    query: row.query,
    status: row.status,
    resellerId: row.resellerId,
    startedBy: row.startedBy,
    startedByName: row.startedByName,
    runsAs: row.runsAs,
    runsAsName: row.runsAsName,
    canceledBy: row.canceledBy,
    canceledByName: row.canceledByName,
    rows,
    counts: { pending, done, unchanged, refused, conflict, failed, canceled },
    createdAt: timeText(row.createdAt),
    endedAt: timeOrNull(row.endedAt),
  };
}

/** @throws DomainError `not_found` also for a job of another reseller */
export async function requireJobRow(scope: Scope, id: string): Promise<JobRow> {
  const row = await scope.read((q) => findJob(q, scope.resellerId, id));
  if (!row) throw new DomainError('not_found', `there is no job ${id}`, '/path/id');
  return row;
}

/** What the schema of a body gives, whichever its kind is. */
export interface JobBodyValues {
  readonly kind: JobKind;
  readonly parameters: JobParameters<JobKind>;
  readonly selection: z.output<typeof selectionSchema>;
  readonly reason?: string;
  readonly confirmNotifications?: number;
  readonly seen?: string;
}

/** The job that a body describes. @throws ApiProblem `invalid`, `scope_missing` */
export function jobRequestOf(
  caller: Caller,
  body: JobBodyValues,
): {
  readonly kind: JobKind;
  readonly parameters: JobParameters<JobKind>;
  readonly reason: string | null;
  readonly selection: JobSelection;
  readonly seen: ReadonlyMap<string, string> | null;
} {
  requireKindRight(caller, body.kind, '#/kind');
  const { kind, parameters, reason = null, seen } = body;
  return { kind, parameters, reason, selection: selectionOf(body.selection), seen: seenOrNull(seen) };
}

/** A job needs what the request for one client needs. @throws ApiProblem `scope_missing` */
export function requireKindRight(caller: Caller, kind: AnyJobKind, pointer: string): void {
  const { scope } = jobKindSpec(kind);
  if (allows(caller.scopes, scope)) return;
  const whose = caller.kind === 'key' ? 'the key' : 'your role';
  const detail = `this needs the scope ${scope}, which ${whose} does not have`;
  throw new ApiProblem('scope_missing', detail, { errors: [{ pointer, code: 'scope_missing', detail }] });
}

/** Starts the work of a job. Without Temporal it stays running in its row, and a worker wakes it within minutes. */
export async function wakeJob(context: ApiContext, log: Logger, id: string): Promise<void> {
  try {
    await context.temporal.wakeJob(id);
  } catch (error) {
    if (!(error instanceof TemporalUnavailable)) throw error;
    log.warn({ err: error, jobId: id }, 'job not woken, it starts when Temporal responds');
  }
}
