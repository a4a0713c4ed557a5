import { readClientSilences } from '../../../storage/silences/client-silences.js';
import { ok } from '../../contract/answers.js';
import { defineOperation } from '../../contract/operation.js';
import { timeString, timeText } from '../../contract/schemas.js';
import { z } from '../../contract/zod.js';
import { requireTerms } from './explanation.js';
import { ruleJson, ruleSchema, ruleViews } from './rule-views.js';
import { monitorParams, requireMonitor } from './shared.js';

export const listRulesOperation = defineOperation({
  id: 'listRules',
  method: 'get',
  path: '/v1/clients/{id}/rules',
  area: 'monitor',
  summary: 'List the rules of a client',
  description: 'The rules of its profile, then its own warning thresholds, each with its last published state.',
  scope: 'monitor:read',
  request: { params: monitorParams },
  responses: {
    200: { description: 'The rules', schema: z.strictObject({ data: z.array(ruleSchema), serverTime: timeString }) },
  },
  async handler(input) {
    const { params, scope, now } = input;
    const { row } = await requireMonitor(input, params.id);
    const covering = await scope.read((q) => readClientSilences(q, params.id, new Date(now)));
    const views = ruleViews(await requireTerms(scope, params.id), row, null, covering, now);
    return ok({ data: views.map((view) => ruleJson(view, now)), serverTime: timeText(new Date(now)) });
  },
});
