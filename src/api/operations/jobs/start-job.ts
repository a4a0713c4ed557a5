import { jobKindNames, jobKinds, jobKindSpec } from '../../../domain/jobs/job-kinds.js';
import { startJob } from '../../../services/jobs/start-job.js';
import { created } from '../../contract/answers.js';
import { refusedJob } from '../../../domain/resellers/manager-limits.js';
import { problemAt } from '../../http/problem.js';
import type { Caller } from '../../context.js';
import { confirmNotifications, requireConfirmation } from '../../contract/confirm-notifications.js';
import { defineOperation } from '../../contract/operation.js';
import { reason } from '../../contract/schemas.js';
import { jobBody } from './parameters.js';
import { jobJson, jobRequestOf, jobSchema, requireJobRow, wakeJob, type JobBodyValues } from './schema.js';
import { seen } from './seen.js';
import { selectionSchema } from './selection.js';

const body = jobBody('JobInput', (kind) => {
  const spec = jobKindSpec(kind);
  return {
    selection: selectionSchema,
    reason: spec.reason === 'required' ? reason : reason.optional(),
    ...(spec.confirmsNotifications && { confirmNotifications }),
    ...(spec.edits && { seen: seen.optional() }),
  };
});

const kindList = jobKindNames.map((kind) => `\`${kind}\` (${jobKinds[kind].scope})`).join(', ');

export const startJobOperation = defineOperation({
  id: 'startJob',
  method: 'post',
  path: '/v1/jobs',
  area: 'jobs',
  summary: 'Start a job',
  description:
    'Does one thing to many clients, in the background. Each client is changed as by a single request, with your rights, ' +
    'maximums, and companies at that moment, and gets its own outcome. Besides `jobs:write`, a kind needs the scope of the ' +
    `single request: ${kindList}. A kind with \`confirmNotifications\` needs it where it newly notifies more than 100 clients. With the \`seen\` of a ` +
    'preview, a client that was changed after it is left alone and ends with `conflict`.',
  scope: 'jobs:write',
  request: { body },
  example: {
    kind: 'add_tags',
    parameters: { tags: ['wholesale'] },
    selection: { query: 'status=active' },
    reason: 'new segment',
  },
  responses: { 201: { description: 'Started', schema: jobSchema } },
  problems: ['not_found', 'conflict', 'confirmation_required'],
  async handler({ body: given, caller, requester, context, scope, now, log }) {
    // The schema of its kind has just checked it.
    const asked = given as JobBodyValues;
    requireJobOfManager(caller, asked.kind);
    const confirm = requireConfirmation(asked.confirmNotifications, now);
    const id = await startJob(requester, jobRequestOf(caller, asked), confirm);
    await wakeJob(context, log, id);
    return created(`/v1/jobs/${id}`, jobJson(await requireJobRow(scope, id)));
  },
});

function requireJobOfManager(caller: Caller, kind: string): void {
  const reason = caller.isManager ? refusedJob(kind) : null;
  if (reason !== null) throw problemAt('manager_not_permitted', '#/kind', reason);
}
