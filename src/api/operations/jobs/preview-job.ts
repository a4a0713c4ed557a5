import { previewJob } from '../../../services/jobs/preview-job.js';
import { ok } from '../../contract/answers.js';
import { defineOperation } from '../../contract/operation.js';
import { jobBody } from './parameters.js';
import { previewJson, previewSchema } from './preview-schema.js';
import { jobRequestOf, type JobBodyValues } from './schema.js';
import { selectionSchema } from './selection.js';

export const previewJobOperation = defineOperation({
  id: 'previewJob',
  method: 'post',
  path: '/v1/jobs/preview',
  area: 'jobs',
  summary: 'Preview a job',
  description:
    'Checks the request, counts its clients, and shows some of them before and after, without starting the job.',
  scope: 'jobs:write',
  request: { body: jobBody('JobPreviewInput', () => ({ selection: selectionSchema })) },
  example: { kind: 'pause', parameters: {}, selection: { clientIds: ['7', '9'] } },
  responses: { 200: { description: 'What the job would concern', schema: previewSchema } },
  problems: ['not_found', 'conflict'],
  async handler({ body, caller, requester, now }) {
    // The schema of its kind has just checked it.
    return ok(previewJson(await previewJob(requester, jobRequestOf(caller, body as JobBodyValues)), now));
  },
});
