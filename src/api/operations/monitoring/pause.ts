import { ok } from '../../contract/answers.js';
import { defineOperation, type Operation } from '../../contract/operation.js';
import { reason } from '../../contract/schemas.js';
import { z } from '../../contract/zod.js';
import { monitorJson, monitorParams, monitorSchema, refuseDeleted, requireMonitor, updateProblems } from './shared.js';

function pausing(spec: {
  readonly method: 'pause' | 'resume';
  readonly summary: string;
  readonly description: string;
}): Operation {
  return defineOperation({
    id: `${spec.method}Monitor`,
    method: 'post',
    path: `/v1/clients/{id}/monitor/${spec.method}`,
    area: 'monitor',
    summary: spec.summary,
    description: spec.description,
    scope: 'monitor:write',
    request: { params: monitorParams, body: z.strictObject({ reason }) },
    example: { reason: 'migration of the billing' },
    responses: { 200: { description: 'Done', schema: monitorSchema } },
    problems: ['client_deleted', ...updateProblems],
    async handler(input) {
      const { params, body, caller, context, updateId } = input;
      const { account } = await requireMonitor(input, params.id);
      refuseDeleted(account);
      const change = { reason: body.reason, actor: caller.actor };
      const live = await context.temporal[spec.method](params.id, change, updateId);
      return ok(await monitorJson(input, params.id, live));
    },
  });
}

export const pauseMonitor = pausing({
  method: 'pause',
  summary: 'Pause a client’s monitor',
  description:
    'No notifications are sent until it is resumed. Checks, ledger entries, and temporary credit continue; a refill is applied when it is resumed.',
});

export const resumeMonitor = pausing({
  method: 'resume',
  summary: 'Resume a client’s monitor',
  description:
    'A rule that is low notifies at once (trigger `change`), or at the next check (trigger `period`). The schedule does not change.',
});
