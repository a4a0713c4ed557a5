import { retryJob } from '../../../services/jobs/retry-job.js';
import { ok } from '../../contract/answers.js';
import { defineOperation } from '../../contract/operation.js';
import { seen, seenOrNull } from './seen.js';
import { z } from '../../contract/zod.js';
import { jobJson, jobParams, jobSchema, requireJobRow, requireKindRight, wakeJob } from './schema.js';

export const retryJobOperation = defineOperation({
  id: 'retryJob',
  method: 'post',
  path: '/v1/jobs/{id}/retry',
  area: 'jobs',
  summary: 'Retry what failed in a job',
  description:
    'Repeats the clients that were refused or failed, with your rights, and with the `seen` of the preview of the retry also ' +
    'those with a conflict. The others stay as they are.',
  scope: 'jobs:write',
  request: { params: jobParams, body: z.strictObject({ seen: seen.optional() }).openapi('JobRetryInput').optional() },
  responses: { 200: { description: 'Running again', schema: jobSchema } },
  problems: ['conflict'],
  async handler({ params, body, caller, requester, scope, context, log }) {
    requireKindRight(caller, (await requireJobRow(scope, params.id)).kind, '#/path/id');
    await retryJob(requester, params.id, seenOrNull(body?.seen));
    await wakeJob(context, log, params.id);
    return ok(jobJson(await requireJobRow(scope, params.id)));
  },
});
