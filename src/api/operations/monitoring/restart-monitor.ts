import { recordMonitorRun } from '../../../services/monitoring/record-monitor-run.js';
import { accepted } from '../../contract/answers.js';
import { defineOperation } from '../../contract/operation.js';
import { reason } from '../../contract/schemas.js';
import { z } from '../../contract/zod.js';
import { monitorJson, monitorParams, monitorSchema, refuseDeleted, requireMonitor } from './shared.js';

export const restartMonitorOperation = defineOperation({
  id: 'restartMonitor',
  method: 'post',
  path: '/v1/clients/{id}/monitor/restart',
  area: 'monitor',
  summary: 'Restart a client’s monitor',
  description: 'Ends the current workflow run and starts a new one. Counters and schedule are kept.',
  scope: 'monitor:write',
  request: { params: monitorParams, body: z.strictObject({ reason }) },
  example: { reason: 'does not answer since the upgrade' },
  responses: { 202: { description: 'Restarting', schema: monitorSchema } },
  problems: ['client_deleted', 'temporal_unavailable'],
  async handler(input) {
    const { params, body, context, requester } = input;
    const { account } = await requireMonitor(input, params.id);
    refuseDeleted(account);
    await context.temporal.restart(params.id, { resellerId: account.resellerId, reason: body.reason });
    await recordMonitorRun(requester, params.id, 'monitor.restart', body.reason);
    return accepted(await monitorJson(input, params.id));
  },
});
