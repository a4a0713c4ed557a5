import { taskNames } from '../../../../domain/system/tasks.js';
import { ok } from '../../../contract/answers.js';
import { defineOperation } from '../../../contract/operation.js';
import { z } from '../../../contract/zod.js';
import { taskJson, taskSchema } from './schema.js';

export const listTasksOperation = defineOperation({
  id: 'listTasks',
  method: 'get',
  path: '/v1/tasks',
  area: 'system',
  summary: 'List the tasks of the fleet with their last runs',
  description: 'Temporal Schedules. A task is missing until a worker has made it.',
  scope: 'jobs:read',
  operatorOnly: true,
  responses: { 200: { description: 'The tasks', schema: z.strictObject({ data: z.array(taskSchema) }) } },
  problems: ['temporal_unavailable'],
  async handler({ context }) {
    const tasks = await context.temporal.readTasks(taskNames);
    return ok({ data: tasks.map(taskJson) });
  },
});
