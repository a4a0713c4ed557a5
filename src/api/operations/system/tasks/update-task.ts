import { maxTaskSeconds, minTaskSeconds } from '../../../../domain/system/tasks.js';
import { changeTask } from '../../../../services/system/change-task.js';
import { ok } from '../../../contract/answers.js';
import { defineOperation } from '../../../contract/operation.js';
import { reason } from '../../../contract/schemas.js';
import { z } from '../../../contract/zod.js';
import { taskJson, taskParams, taskSchema } from './schema.js';

export const updateTaskOperation = defineOperation({
  id: 'updateTask',
  method: 'post',
  path: '/v1/tasks/{task}/change',
  area: 'system',
  summary: 'Change the interval of a task, pause it, or resume it',
  description: 'The interval stays when workers start again. A paused task runs only when it is asked to.',
  scope: 'jobs:write',
  operatorOnly: true,
  request: {
    params: taskParams,
    body: z.strictObject({
      everySeconds: z.int().min(minTaskSeconds).max(maxTaskSeconds).optional(),
      paused: z.boolean().optional(),
      reason,
    }),
  },
  example: { everySeconds: 600, reason: 'every ten minutes is enough' },
  responses: { 200: { description: 'The task', schema: taskSchema } },
  problems: ['not_found', 'temporal_unavailable'],
  async handler({ params, body, context, requester }) {
    const task = await changeTask(requester, context.temporal, params.task, body);
    return ok(taskJson(task));
  },
});
