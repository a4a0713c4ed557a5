import { DomainError } from '../../domain/errors.js';
import { parseInstant } from '../../domain/instants.js';
import { jobKindSpec, maxJobRows, type JobKind, type JobParameters } from '../../domain/jobs/job-kinds.js';
import { readClientIds, readVisibleClientIds, type ClientFilter } from '../../storage/clients/client-list.js';
import { insertJobRows } from '../../storage/jobs/job-rows.js';
import { insertJob } from '../../storage/jobs/jobs.js';
import { change, recorded, type Requester } from '../change.js';
import type { ConfirmImpact } from '../profiles/compute-impact.js';
import { jobEntry } from './job-entry.js';
import { rowServiceOf } from './row-services.js';

/** Which clients a job concerns: these, or all that the list shows. */
export type JobSelection =
  | { readonly clientIds: readonly string[] }
  | {
      readonly filter: ClientFilter;
      /** the query of the list, for people */
      readonly query: string;
    };

export interface JobRequest<K extends JobKind> {
  readonly kind: K;
  readonly parameters: JobParameters<K>;
  readonly reason: string | null;
  readonly selection: JobSelection;
  /** what the preview saw of each client; null: none was given, and rows do not ask whether a client has changed */
  readonly seen: ReadonlyMap<string, string> | null;
}

/** A request that is only checked and previewed. */
export type JobDraft<K extends JobKind> = Pick<JobRequest<K>, 'kind' | 'parameters' | 'selection'>;

/**
 * Starts a job: its clients are those that the requester sees now. They are written to its rows and do not change while
 * it runs. The caller then wakes its workflow.
 *
 * @returns its id
 * @throws DomainError `not_found` (a client, or what a parameter names), `invalid` (no client, too many, a past instant)
 */
export async function startJob<K extends JobKind>(
  requester: Requester,
  request: JobRequest<K>,
  confirm: ConfirmImpact,
): Promise<string> {
  const { kind, parameters, reason, selection, seen } = request;
  const clientIds = await selectClients(requester, request);
  await rowServiceOf(kind).confirm?.(requester, parameters, clientIds, confirm);
  return change(requester, async (tx) => {
    const job = {
      resellerId: requester.scope.resellerId,
      kind,
      parameters,
      reason,
      query: 'query' in selection ? selection.query : null,
      startedBy: requester.actor.id,
      rows: clientIds.length,
    };
    const id = await insertJob(tx, job);
    await insertJobRows(tx, id, clientIds, seen);
    const after = { kind, parameters, clients: clientIds.length };
    return recorded(id, jobEntry('job.start', { id, resellerId: job.resellerId }, { reason, before: null, after }));
  });
}

/**
 * The clients of a request, once its parameters are checked.
 *
 * @throws DomainError as `startJob`
 */
export async function selectClients<K extends JobKind>(
  requester: Requester,
  { kind, parameters, selection }: JobDraft<K>,
): Promise<string[]> {
  requireFuture(kind, parameters, requester.now);
  await rowServiceOf(kind).requireParameters?.(requester, parameters);
  const ids = 'filter' in selection ? await filtered(requester, selection.filter) : await named(requester, selection);
  if (ids.length === 0) {
    throw new DomainError('invalid', 'must match at least one client', '/selection/query');
  }
  return ids;
}

function filtered({ scope, now }: Requester, filter: ClientFilter): Promise<string[]> {
  return scope.read(async (q) => {
    const ids = await readClientIds(q, scope.resellerId, filter, now, maxJobRows + 1);
    if (ids.length <= maxJobRows) return ids;
    throw new DomainError(
      'invalid',
      `must match up to ${maxJobRows} clients: narrow the filter and start several jobs`,
      '/selection/query',
    );
  });
}

async function named(
  { scope }: Requester,
  { clientIds }: { readonly clientIds: readonly string[] },
): Promise<string[]> {
  const visible = await scope.read((q) => readVisibleClientIds(q, scope.resellerId, clientIds));
  const known = new Set(visible);
  const index = clientIds.findIndex((id) => !known.has(id));
  if (index >= 0) {
    throw new DomainError('not_found', `there is no client ${clientIds[index] ?? ''}`, `/selection/clientIds/${index}`);
  }
  return visible;
}

/** @throws DomainError `invalid` with the pointer of the first instant that has passed */
function requireFuture(kind: JobKind, parameters: Readonly<Record<string, unknown>>, now: number): void {
  for (const [name, { type }] of Object.entries(jobKindSpec(kind).parameters)) {
    const value = parameters[name];
    if (type !== 'instant' || typeof value !== 'string') continue;
    const pointer = `/parameters/${name}`;
    if (parseInstant(value, pointer) <= now) throw new DomainError('invalid', 'must be in the future', pointer);
  }
}
