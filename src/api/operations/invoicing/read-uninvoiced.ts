import { formatMoney } from '../../../domain/money.js';
import { previewUninvoiced } from '../../../services/invoicing/preview-uninvoiced.js';
import { ok } from '../../contract/answers.js';
import { defineOperation } from '../../contract/operation.js';
import { currencyText, moneyText, timeString, timeText } from '../../contract/schemas.js';
import { z } from '../../contract/zod.js';
import { invoiceParams, lineJson, lineSchema } from './schema.js';

const uninvoicedSchema = z
  .strictObject({
    periodStart: timeString.openapi({ description: 'End of what is invoiced, or the creation of the client' }),
    periodEnd: timeString.openapi({ description: 'Now' }),
    timezone: z.string(),
    currency: currencyText,
    lines: z.array(lineSchema),
    net: moneyText,
    tax: moneyText,
    total: moneyText,
  })
  .openapi('Uninvoiced');

export const readUninvoicedOperation = defineOperation({
  id: 'readUninvoiced',
  method: 'get',
  path: '/v1/clients/{id}/uninvoiced',
  area: 'invoices',
  summary: 'Preview an invoice of a client up to now',
  description: 'What is not invoiced yet, with its tax. No lines: there is nothing to invoice.',
  scope: 'payments:read',
  request: { params: invoiceParams },
  responses: { 200: { description: 'What an invoice up to now would be', schema: uninvoicedSchema } },
  async handler({ params, requester }) {
    const { periodStart, periodEnd, lines, net, tax, total, ...more } = await previewUninvoiced(requester, params.id);
    return ok({
      ...more,
      periodStart: timeText(new Date(periodStart)),
      periodEnd: timeText(new Date(periodEnd)),
      lines: lines.map(lineJson),
      net: formatMoney(net),
      tax: formatMoney(tax),
      total: formatMoney(total),
    });
  },
});
