import { ok } from '../../contract/answers.js';
import { defineOperation } from '../../contract/operation.js';
import { jobJson, jobParams, jobSchema, requireJobRow } from './schema.js';

export const readJobOperation = defineOperation({
  id: 'readJob',
  method: 'get',
  path: '/v1/jobs/{id}',
  area: 'jobs',
  summary: 'Get a job',
  scope: 'jobs:read',
  request: { params: jobParams },
  responses: { 200: { description: 'The job', schema: jobSchema } },
  async handler({ params, scope }) {
    return ok(jobJson(await requireJobRow(scope, params.id)));
  },
});
