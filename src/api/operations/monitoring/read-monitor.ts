import { ok } from '../../contract/answers.js';
import { defineOperation } from '../../contract/operation.js';
import { monitorJson, monitorParams, monitorSchema } from './shared.js';

export const readMonitorOperation = defineOperation({
  id: 'readMonitor',
  method: 'get',
  path: '/v1/clients/{id}/monitor',
  area: 'monitor',
  summary: 'Get the state of a client’s monitor',
  description: 'With the next check and the server’s time, for a countdown. Answers also while Temporal is down.',
  scope: 'monitor:read',
  request: { params: monitorParams },
  responses: { 200: { description: 'The monitor', schema: monitorSchema } },
  async handler(input) {
    return ok(await monitorJson(input, input.params.id));
  },
});
