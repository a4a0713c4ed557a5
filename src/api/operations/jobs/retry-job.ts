import { retryJob } from '../../../services/jobs/retry-job.js';
import { ok } from '../../contract/answers.js';
import { defineOperation } from '../../contract/operation.js';
import { jobJson, jobParams, jobSchema, requireJobRow, requireKindRight, wakeJob } from './schema.js';

export const retryJobOperation = defineOperation({
  id: 'retryJob',
  method: 'post',
  path: '/v1/jobs/{id}/retry',
  area: 'jobs',
  summary: 'Retry what failed in a job',
  description: 'Repeats the clients that were refused or failed, with your rights. The others stay as they are.',
  scope: 'jobs:write',
  request: { params: jobParams },
  responses: { 200: { description: 'Running again', schema: jobSchema } },
  problems: ['conflict'],
  async handler({ params, caller, requester, scope, context, log }) {
    requireKindRight(caller, (await requireJobRow(scope, params.id)).kind, '#/path/id');
    await retryJob(requester, params.id);
    await wakeJob(context, log, params.id);
    return ok(jobJson(await requireJobRow(scope, params.id)));
  },
});
