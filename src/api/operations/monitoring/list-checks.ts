import { formatMoney, moneyOf } from '../../../domain/money.js';
import { listChecks } from '../../../storage/monitoring/checks.js';
import { listed, listQuery, pageOf, pageRequest } from '../../contract/lists.js';
import { defineOperation } from '../../contract/operation.js';
import { idText, instant, moneyText, timeString, timeText } from '../../contract/schemas.js';
import { z } from '../../contract/zod.js';
import { reasonSchema } from './rule-views.js';
import { monitorParams, requireMonitor, clientStateSchema } from './shared.js';

const checkSchema = z
  .strictObject({
    id: idText,
    at: timeString,
    kind: z.enum(['scheduled', 'manual', 'change']).openapi({
      description: '`change`: an evaluation between checks, because something that a rule depends on changed',
    }),
    state: clientStateSchema,
    available: moneyText.nullable(),
    verdicts: z.array(z.strictObject({ rule: z.string(), reason: reasonSchema, number: z.int().optional() })),
  })
  .openapi('Check');

export const listChecksOperation = defineOperation({
  id: 'listChecks',
  method: 'get',
  path: '/v1/clients/{id}/checks',
  area: 'monitor',
  summary: 'List the checks of a client',
  description: 'Evaluations with a changed result, newest first.',
  scope: 'monitor:read',
  request: {
    params: monitorParams,
    query: listQuery(['id'], '-id').extend({ from: instant.optional(), to: instant.optional() }),
  },
  responses: { 200: { description: 'A page of checks', schema: pageOf(checkSchema) } },
  async handler(input) {
    const { params, query, context, now, url } = input;
    await requireMonitor(input, params.id);
    const filter = { from: query.from ?? null, to: query.to ?? null };
    const page = await listChecks(context.sql, params.id, filter, pageRequest(query));
    return listed({ url, now }, page, (row) => ({
      id: row.id,
      at: timeText(row.at),
      kind: row.kind,
      state: row.state,
      available: row.available === null ? null : formatMoney(moneyOf(row.available)),
      verdicts: row.verdicts.map(({ rule, reason, number }) => ({
        rule,
        reason,
        ...(number !== undefined && { number }),
      })),
    }));
  },
});
