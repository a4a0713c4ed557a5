import { DomainError } from '../../../domain/errors.js';
import { sentFields } from '../../../domain/patch.js';
import { toSecond } from '../../../domain/monitoring/schedule.js';
import { ok } from '../../contract/answers.js';
import { defineOperation } from '../../contract/operation.js';
import { instant, line, reason } from '../../contract/schemas.js';
import { z } from '../../contract/zod.js';
import { monitorJson, monitorParams, monitorSchema, refuseDeleted, requireMonitor, updateProblems } from './shared.js';

export const silenceMonitorOperation = defineOperation({
  id: 'silenceMonitor',
  method: 'post',
  path: '/v1/clients/{id}/monitor/silence',
  area: 'monitor',
  summary: 'Silence the rules of a client',
  description:
    'One rule by its key, or all rules. Checks continue. A rule that is low when the silence ends notifies at once (trigger `change`), or at the next check (trigger `period`). `until: null` ends the silence now.',
  scope: 'monitor:write',
  request: {
    params: monitorParams,
    body: z.strictObject({
      rule: line(80).optional(),
      until: instant.nullable().openapi({ type: ['string', 'null'] }),
      reason,
    }),
  },
  example: { until: '2026-03-02T08:00:00Z', reason: 'a transfer is announced' },
  responses: { 200: { description: 'Silenced', schema: monitorSchema } },
  problems: ['client_deleted', 'unknown_rule', ...updateProblems],
  async handler(input) {
    const { params, body, caller, context, now, updateId } = input;
    const { account } = await requireMonitor(input, params.id);
    refuseDeleted(account);
    const until = body.until && new Date(toSecond(body.until.getTime()));
    if (until && until.getTime() <= now) {
      throw new DomainError('invalid', 'must be in the future; null ends a silence now', '/until');
    }
    const change = {
      ...sentFields(body),
      until: until?.toISOString() ?? null,
      actor: caller.actor,
    };
    const live = await context.temporal.silence(params.id, change, updateId);
    return ok(await monitorJson(input, params.id, live));
  },
});
