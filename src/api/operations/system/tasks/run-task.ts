import { runTask } from '../../../../services/system/run-task.js';
import { accepted } from '../../../contract/answers.js';
import { defineOperation } from '../../../contract/operation.js';
import { reason } from '../../../contract/schemas.js';
import { z } from '../../../contract/zod.js';
import { taskName, taskParams } from './schema.js';

export const runTaskOperation = defineOperation({
  id: 'runTask',
  method: 'post',
  path: '/v1/tasks/{task}/run',
  area: 'system',
  summary: 'Run a task now',
  description: 'Unless a run of it is in progress. The times of its Schedule stay. Also a paused task runs.',
  scope: 'jobs:write',
  operatorOnly: true,
  request: { params: taskParams, body: z.strictObject({ reason: reason.optional() }) },
  example: {},
  responses: { 202: { description: 'Started', schema: z.strictObject({ task: taskName }) } },
  problems: ['not_found', 'temporal_unavailable'],
  async handler({ params, body, context, requester }) {
    await runTask(requester, context.temporal, params.task, body.reason ?? null);
    return accepted({ task: params.task });
  },
});
