import type { Explanation } from '../../../domain/monitoring/explain.js';
import { TemporalUnavailable } from '../../../temporal/gateway.js';
import { ok } from '../../contract/answers.js';
import type { ApiContext } from '../../context.js';
import { defineOperation } from '../../contract/operation.js';
import { explanationJson, explanationSchema } from './explanation.js';
import { monitorParams, requireMonitor } from './shared.js';

export const explainClientOperation = defineOperation({
  id: 'explainClient',
  method: 'get',
  path: '/v1/clients/{id}/explain',
  area: 'monitor',
  summary: 'Explain why a client was or was not notified',
  description:
    'Per rule: the result of the last evaluation and why, its recipients, its counter, the last notification, the next ' +
    'possible one, and what a check now would find. While the monitor does not answer or is starting, its last published ' +
    'state is shown, with `stale: true`.',
  scope: 'monitor:read',
  request: { params: monitorParams },
  responses: { 200: { description: 'The explanation', schema: explanationSchema } },
  async handler(input) {
    const { params, context } = input;
    await requireMonitor(input, params.id);
    return ok(await explanationJson(input, params.id, await askMonitor(context, params.id)));
  },
});

/** null: it does not answer, or has not read its client yet */
async function askMonitor(context: ApiContext, clientId: string): Promise<Explanation | null> {
  try {
    const explanation = await context.temporal.explain(clientId);
    return explanation.starting ? null : explanation;
  } catch (error) {
    if (error instanceof TemporalUnavailable) return null;
    throw error;
  }
}
