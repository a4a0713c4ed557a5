import { ruleKeyPattern } from '../../../domain/monitoring/rule-identity.js';
import { UpdateRefused } from '../../../temporal/gateway.js';
import { ok } from '../../contract/answers.js';
import { defineOperation } from '../../contract/operation.js';
import { pathId, reason } from '../../contract/schemas.js';
import { z } from '../../contract/zod.js';
import { explanationJson, explanationSchema } from './explanation.js';
import { refuseDeleted, requireMonitor, updateProblems } from './shared.js';

export const resetRuleOperation = defineOperation({
  id: 'resetRule',
  method: 'post',
  path: '/v1/clients/{id}/rules/{key}/reset',
  area: 'monitor',
  summary: 'Reset the counter of a rule',
  description:
    'Sets the counter to 0 and clears the running period. A rule that is low notifies at once (trigger `change`), or at the ' +
    'next check (trigger `period`).',
  scope: 'monitor:write',
  request: {
    params: z.strictObject({
      id: pathId,
      key: z.string().regex(new RegExp(ruleKeyPattern())).openapi({ example: 'client' }),
    }),
    body: z.strictObject({ reason }),
  },
  example: { reason: 'billing corrected a wrong charge' },
  responses: { 200: { description: 'Counter reset', schema: explanationSchema } },
  problems: ['client_deleted', 'unknown_rule', ...updateProblems],
  async handler(input) {
    const { params, body, caller, context, updateId } = input;
    const { account } = await requireMonitor(input, params.id);
    refuseDeleted(account);
    const change = { rule: params.key, reason: body.reason, actor: caller.actor };
    const live = await context.temporal.resetRule(params.id, change, updateId).catch((error: unknown) => {
      throw error instanceof UpdateRefused && error.code === 'unknown_rule'
        ? new UpdateRefused('unknown_rule', error.message, '/path/key')
        : error;
    });
    return ok(await explanationJson(input, params.id, live));
  },
});
