import { cancelJob } from '../../../services/jobs/cancel-job.js';
import { ok } from '../../contract/answers.js';
import { defineOperation } from '../../contract/operation.js';
import { jobJson, jobParams, jobSchema, requireJobRow, requireKindRight } from './schema.js';

export const cancelJobOperation = defineOperation({
  id: 'cancelJob',
  method: 'post',
  path: '/v1/jobs/{id}/cancel',
  area: 'jobs',
  summary: 'Cancel a job',
  description:
    'Pending clients stay as they are. Those in progress end with their own outcome. Changes are not undone.',
  scope: 'jobs:write',
  request: { params: jobParams },
  responses: { 200: { description: 'Canceled', schema: jobSchema } },
  problems: ['conflict'],
  async handler({ params, caller, requester, scope }) {
    requireKindRight(caller, (await requireJobRow(scope, params.id)).kind, '#/path/id');
    await cancelJob(requester, params.id);
    return ok(jobJson(await requireJobRow(scope, params.id)));
  },
});
