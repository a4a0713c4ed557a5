import { formatMoney } from '../../../domain/money.js';
import {
  previewLastInvoiced,
  setLastInvoiced,
  type LastInvoicedPreview,
} from '../../../services/invoicing/set-last-invoiced.js';
import { ok } from '../../contract/answers.js';
import { defineOperation } from '../../contract/operation.js';
import { moneyText, pathId, reason, timeString, timeText } from '../../contract/schemas.js';
import { z } from '../../contract/zod.js';
import { day } from './schema.js';

const leftOut = z
  .strictObject({
    lastInvoicedAt: timeString.openapi({ description: 'The beginning of the day in the client’s time zone' }),
    entries: z.int().openapi({ description: 'Charges and adjustments that will be on no invoice' }),
    amount: moneyText.openapi({ description: 'What these add up to; above 0: owed' }),
  })
  .openapi('LastInvoiced');

export const previewLastInvoicedOperation = defineOperation({
  id: 'previewLastInvoiced',
  method: 'get',
  path: '/v1/clients/{id}/last-invoiced',
  area: 'invoices',
  summary: 'Preview another last invoice date',
  description: 'What would never be invoiced if the client counted as invoiced up to that day.',
  scope: 'payments:read',
  request: { params: z.strictObject({ id: pathId }), query: z.strictObject({ date: day }) },
  responses: { 200: { description: 'What would be left out', schema: leftOut } },
  problems: ['last_invoiced_before_invoice'],
  async handler({ params, query, requester }) {
    return ok(json(await previewLastInvoiced(requester, params.id, query.date)));
  },
});

export const setLastInvoicedOperation = defineOperation({
  id: 'setLastInvoiced',
  method: 'post',
  path: '/v1/clients/{id}/last-invoiced',
  area: 'invoices',
  summary: 'Set the last invoice date of a client',
  description:
    'Says that the client was invoiced elsewhere up to that day: what was recorded until now and occurred before it is on ' +
    'no invoice. The next period starts there.',
  scope: 'payments:write',
  request: {
    params: z.strictObject({ id: pathId }),
    body: z.strictObject({
      date: day,
      reason,
      expectedEntries: z
        .int()
        .min(0)
        .optional()
        .openapi({ description: '`entries` of the preview: another number now is refused' }),
    }),
  },
  example: { date: '2026-03-01', reason: 'invoiced by the old system' },
  responses: { 200: { description: 'What is left out', schema: leftOut } },
  problems: ['client_deleted', 'last_invoiced_before_invoice', 'invoice_changed'],
  async handler({ params, body, requester }) {
    const { expectedEntries = null, ...more } = body;
    return ok(json(await setLastInvoiced(requester, params.id, { ...more, expected: expectedEntries })));
  },
});

function json({ at, entries, amount }: LastInvoicedPreview): z.output<typeof leftOut> {
  return { lastInvoicedAt: timeText(new Date(at)), entries, amount: formatMoney(amount) };
}
