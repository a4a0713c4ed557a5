import { areSameTags, replacedTags, withoutTags, withTags } from '../../domain/clients/tags.js';
import { DomainError } from '../../domain/errors.js';
import { jobKinds, jobKindSpec, type JobKind, type JobParameters } from '../../domain/jobs/job-kinds.js';
import { formatMoney } from '../../domain/money.js';
import type { NotificationImpact } from '../../domain/profiles/notification-impact.js';
import { readVisibleClientIds } from '../../storage/clients/client-list.js';
import { readJobOutlook, readOutlookSample, type JobOutlook, type OutlookRow } from '../../storage/jobs/job-outlook.js';
import { readRetriedClients } from '../../storage/jobs/job-rows.js';
import { readJobToRun } from '../../storage/jobs/jobs.js';
import { readSeen } from '../../storage/jobs/seen-clients.js';
import type { Requester } from '../change.js';
import { previewLastInvoiced } from '../invoicing/set-last-invoiced.js';
import { rowServiceOf } from './row-services.js';
import { selectClients, type JobDraft } from './start-job.js';

/** A client of the selection, with its value before and after. */
export interface PreviewedClient extends Omit<OutlookRow, 'after'> {
  readonly after: unknown;
  /** entries that would be on no invoice; null: the kind does not move the last invoice date, or the client stays */
  readonly leftOut: { readonly entries: number; readonly amount: string; readonly currency: string } | null;
}

export interface JobPreview {
  readonly clients: number;
  /** of the clients as they are now; rights and maximums of the starter can refuse more */
  readonly outlook: JobOutlook;
  /** a few of each outcome; none where the kind edits no field */
  readonly sample: readonly PreviewedClient[];
  /** what was seen of each client; null: the kind edits no field */
  readonly seen: ReadonlyMap<string, string> | null;
  /** null: the kind does not change who is notified */
  readonly impact: NotificationImpact | null;
}

const samplePerOutcome = 5;

/** What a job would concern and do, without starting it. @throws as `startJob` */
export async function previewJob<K extends JobKind>(requester: Requester, draft: JobDraft<K>): Promise<JobPreview> {
  return previewOf(requester, draft.kind, draft.parameters, await selectClients(requester, draft));
}

/**
 * What a retry of a job would do to the clients that it would take up.
 *
 * @throws DomainError `not_found`; `conflict` for a job that no selection of clients started, or without such clients
 */
export async function previewRetry(requester: Requester, jobId: string): Promise<JobPreview> {
  const { scope } = requester;
  const { job, clientIds } = await scope.readSnapshot(async (tx) => ({
    job: await readJobToRun(tx, jobId),
    // One that was moved to another company since is not found by the retry either.
    clientIds: await readVisibleClientIds(tx, scope.resellerId, await readRetriedClients(tx, jobId)),
  }));
  if (!job) throw new DomainError('not_found', `there is no job ${jobId}`, '/path/id');
  if (!isJobKind(job.kind) || clientIds.length === 0) {
    throw new DomainError('conflict', 'the job has no client whose retry can be previewed', '/path/id');
  }
  // As they were checked when the job was started.
  return previewOf(requester, job.kind, job.parameters as JobParameters<JobKind>, clientIds);
}

function isJobKind(kind: string): kind is JobKind {
  return kind in jobKinds;
}

async function previewOf<K extends JobKind>(
  requester: Requester,
  kind: K,
  parameters: JobParameters<K>,
  clientIds: readonly string[],
): Promise<JobPreview> {
  const impact = await rowServiceOf(kind).preview?.(requester, parameters, clientIds);
  const asked = { kind, parameters, clientIds };
  const isEdit = jobKindSpec(kind).edits === true;
  const { outlook, sample, seen } = await requester.scope.readSnapshot(async (tx) => ({
    outlook: await readJobOutlook(tx, asked),
    sample: isEdit ? await readOutlookSample(tx, asked, samplePerOutcome) : [],
    seen: isEdit ? await readSeen(tx, kind, clientIds) : null,
  }));
  const previewed: PreviewedClient[] = [];
  for (const row of sample) previewed.push(await withAfter(requester, kind, parameters, row));
  return { clients: clientIds.length, outlook, sample: previewed, seen, impact: impact ?? null };
}

async function withAfter<K extends JobKind>(
  requester: Requester,
  kind: K,
  parameters: JobParameters<K>,
  row: OutlookRow,
): Promise<PreviewedClient> {
  if (row.outcome !== 'done') return { ...row, after: row.before, leftOut: null };
  const after = 'after' in row ? row.after : tagsAfter(kind, row.before, parameters);
  if (kind !== 'set_last_invoiced') return { ...row, after, leftOut: null };
  const { entries, amount } = await previewLastInvoiced(requester, row.clientId, String(after));
  return { ...row, after, leftOut: { entries, amount: formatMoney(amount), currency: row.currency } };
}

/** The tags of a client, as the row of the kind would leave them. */
function tagsAfter(kind: JobKind, before: unknown, parameters: object): readonly string[] {
  const [tags, given] = [before as readonly string[], (parameters as JobParameters<'add_tags'>).tags];
  if (kind === 'add_tags') return withTags(tags, given);
  if (kind === 'remove_tags') return withoutTags(tags, given);
  return areSameTags(tags, given) ? tags : replacedTags(tags, given);
}
