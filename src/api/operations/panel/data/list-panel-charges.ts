import { DomainError } from '../../../../domain/errors.js';
import { addDays, localDate } from '../../../../domain/invoicing/local-days.js';
import { formatMoney, moneyOf } from '../../../../domain/money.js';
import { readChargeDays } from '../../../../storage/panel/panel-data.js';
import { ok } from '../../../contract/answers.js';
import { definePanelOperation } from '../../../contract/operation.js';
import { currencyText, moneyText } from '../../../contract/schemas.js';
import { z } from '../../../contract/zod.js';
import { day } from '../../invoicing/schema.js';

const dayText = z.string().openapi({ format: 'date', example: '2026-03-01' });

const chargesSchema = z
  .strictObject({
    from: dayText,
    to: dayText,
    currency: currencyText,
    total: moneyText,
    days: z
      .array(z.strictObject({ day: dayText, amount: moneyText }))
      .openapi({ description: 'Newest first, in the time zone of the client; days without charges are left out' }),
  })
  .openapi('PanelCharges');

export const listPanelChargesOperation = definePanelOperation({
  id: 'listPanelCharges',
  method: 'get',
  path: '/v1/panel/charges',
  area: 'panel',
  summary: 'Get the own charges by day',
  description: 'By default of the last 30 days. Days are those of the time zone of the client.',
  request: {
    query: z.strictObject({
      from: day.optional().openapi({ description: 'First day' }),
      to: day.optional().openapi({ description: 'Last day; default: today' }),
    }),
  },
  responses: { 200: { description: 'The charges', schema: chargesSchema } },
  async handler({ query, caller, scope, now }) {
    const to = query.to ?? localDate(now, caller.timezone);
    const from = query.from ?? addDays(to, -29);
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
