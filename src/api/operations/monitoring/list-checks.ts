import { formatMoney, moneyOf } from '../../../domain/money.js';
import { checkList, type CheckRow } from '../../../storage/monitoring/checks.js';
import { defineList } from '../../contract/define-list.js';
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

export const listChecksOperation = defineList({
  id: 'listChecks',
  path: '/v1/clients/{id}/checks',
  area: 'monitor',
  summary: 'List the checks of a client',
  description: 'Evaluations with a changed result, newest first.',
  scope: 'monitor:read',
  params: monitorParams,
  filters: { from: instant.optional(), to: instant.optional() },
  sorts: ['id'],
  order: '-id',
  page: 'A page of checks',
  item: checkSchema,
  require: (input) => requireMonitor(input, input.params.id),
  rows: (q, { params, filter }) => checkList(q, params.id, filter),
  toJson: checkJson,
});

function checkJson(row: CheckRow): z.output<typeof checkSchema> {
  return {
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
  };
}
