import { moneyOf } from '../../../domain/money.js';
import { issueInvoice } from '../../../services/invoicing/issue-invoice.js';
import { ok } from '../../contract/answers.js';
import { defineOperation } from '../../contract/operation.js';
import { money } from '../../contract/schemas.js';
import { z } from '../../contract/zod.js';
import { readDetail } from './detail.js';
import { day, invoiceDetailSchema, invoiceParams } from './schema.js';

export const issueInvoiceOperation = defineOperation({
  id: 'issueInvoice',
  method: 'post',
  path: '/v1/invoices/{id}/issue',
  area: 'invoices',
  summary: 'Issue a draft',
  description:
    'Gives it the next number and its due date, and settles it with what no invoice has used. It can’t be changed any ' +
    'more. An invoice that is issued already is returned as it is.',
  scope: 'payments:write',
  request: {
    params: invoiceParams,
    body: z.strictObject({
      issuedOn: day.optional().openapi({ description: 'The invoice date; default: now. Not in the future' }),
      total: money().optional().openapi({ description: 'The total that you were shown: another total now is refused' }),
    }),
  },
  example: { total: '16.02' },
  responses: { 200: { description: 'The issued invoice', schema: invoiceDetailSchema } },
  problems: ['client_deleted', 'invoice_state', 'invoice_empty', 'invoice_changed', 'conflict'],
  async handler({ params, body, requester, scope, now, context }) {
    const { issuedOn = null, total } = body;
    const row = await issueInvoice(requester, params.id, {
      issuedOn,
      expectedTotal: total === undefined ? null : moneyOf(total),
    });
    context.live.touch([row.clientId]);
    const detail = await readDetail(scope, params.id, now);
    return ok(detail, { version: detail.version });
  },
});
