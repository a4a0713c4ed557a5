import { DomainError } from '../../../../domain/errors.js';
import { dayMs } from '../../../../domain/durations.js';
import { formatMoney, moneyOf } from '../../../../domain/money.js';
import { readChargeDays } from '../../../../storage/panel/panel-data.js';
import { ok } from '../../../contract/answers.js';
import { definePanelOperation } from '../../../contract/operation.js';
import { currencyText, moneyText } from '../../../contract/schemas.js';
import { z } from '../../../contract/zod.js';
import { day } from '../../invoicing/schema.js';

/** Sums of days are kept for so long. */
const keptDays = 100;

const dayText = z.string().openapi({ format: 'date', example: '2026-03-01' });

const chargesSchema = z
  .strictObject({
    from: dayText,
    to: dayText,
    currency: currencyText,
    total: moneyText,
    days: z
      .array(z.strictObject({ day: dayText, amount: moneyText }))
      .openapi({ description: 'Newest first, UTC; days without charges are left out' }),
  })
  .openapi('PanelCharges');

export const listPanelChargesOperation = definePanelOperation({
  id: 'listPanelCharges',
  method: 'get',
  path: '/v1/panel/charges',
  area: 'panel',
  summary: 'Get the own charges by day',
  description: `By default of the last 30 days. Sums are kept for ${keptDays} days.`,
  request: {
    query: z.strictObject({
      from: day.optional().openapi({ description: 'First day, UTC' }),
      to: day.optional().openapi({ description: 'Last day, UTC; default: today' }),
    }),
  },
  responses: { 200: { description: 'The charges', schema: chargesSchema } },
  async handler({ query, caller, scope, now }) {
    const to = query.to ?? dayOf(now);
    const from = query.from ?? dayOf(Date.parse(to) - 29 * dayMs);
    if (from > to) throw new DomainError('invalid', 'must not be after `to`', '/query/from');
    const days = await scope.read((q) => readChargeDays(q, caller.clientId, from, to));
    return ok({
      from,
      to,
      currency: caller.currency,
      total: formatMoney(days.reduce((sum, { amount }) => sum + moneyOf(amount), 0n)),
      days: days.map((one) => ({ day: one.day, amount: formatMoney(moneyOf(one.amount)) })),
    });
  },
});

function dayOf(ms: number): string {
  return new Date(ms).toISOString().slice(0, 10);
}
