import { previewRetry } from '../../../services/jobs/preview-job.js';
import { ok } from '../../contract/answers.js';
import { defineOperation } from '../../contract/operation.js';
import { previewJson, previewSchema } from './preview-schema.js';
import { jobParams, requireJobRow, requireKindRight } from './schema.js';

export const previewJobRetryOperation = defineOperation({
  id: 'previewJobRetry',
  method: 'get',
  path: '/v1/jobs/{id}/retry',
  area: 'jobs',
  summary: 'Preview the retry of a job',
  description: 'The clients that were refused or failed, and those with a conflict, as the job would find them now.',
  scope: 'jobs:write',
  request: { params: jobParams },
  responses: { 200: { description: 'What a retry would concern', schema: previewSchema } },
  problems: ['conflict'],
  async handler({ params, caller, requester, scope, now }) {
    requireKindRight(caller, (await requireJobRow(scope, params.id)).kind, '#/path/id');
    return ok(previewJson(await previewRetry(requester, params.id), now));
  },
});
