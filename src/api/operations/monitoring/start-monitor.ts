import { recordMonitorRun } from '../../../services/monitoring/record-monitor-run.js';
import { accepted } from '../../contract/answers.js';
import { defineOperation } from '../../contract/operation.js';
import { reason } from '../../contract/schemas.js';
import { z } from '../../contract/zod.js';
import { monitorJson, monitorParams, monitorSchema, refuseDeleted, requireMonitor } from './shared.js';

export const startMonitorOperation = defineOperation({
  id: 'startMonitor',
  method: 'post',
  path: '/v1/clients/{id}/monitor/start',
  area: 'monitor',
  summary: 'Start a client’s monitor',
  description: 'For a missing monitor; has no effect on a running one. Monitors start automatically.',
  scope: 'monitor:write',
  request: { params: monitorParams, body: z.strictObject({ reason: reason.optional() }).default({}) },
  responses: { 202: { description: 'Running or starting', schema: monitorSchema } },
  problems: ['client_deleted', 'temporal_unavailable'],
  async handler(input) {
    const { params, body, context, requester } = input;
    const { account } = await requireMonitor(input, params.id);
    refuseDeleted(account);
    await context.temporal.start(params.id, account.resellerId);
    await recordMonitorRun(requester, params.id, 'monitor.start', body.reason ?? null);
    return accepted(await monitorJson(input, params.id));
  },
});
