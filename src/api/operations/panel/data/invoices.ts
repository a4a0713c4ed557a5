import { invoiceFile, loadInvoice } from '../../../../documents/load-invoice.js';
import { DomainError } from '../../../../domain/errors.js';
import { invoiceState, invoiceStates, invoiceTypes } from '../../../../domain/invoicing/payment-status.js';
import { moneyOf } from '../../../../domain/money.js';
import { readStoredLines } from '../../../../storage/invoicing/invoice-lines.js';
import { findPanelInvoice, panelInvoices, type PanelInvoiceRow } from '../../../../storage/panel/panel-lists.js';
import { content, ok } from '../../../contract/answers.js';
import { definePanelOperation } from '../../../contract/operation.js';
import { currencyText, idText, moneyText, pathId, timeString, timeText } from '../../../contract/schemas.js';
import { z } from '../../../contract/zod.js';
import { lineJson, lineSchema, text } from '../../invoicing/schema.js';
import { definePanelList } from '../panel-list.js';

const fields = {
  id: idText,
  type: z.enum(invoiceTypes),
  no: z.string().openapi({ example: 'INV-000042' }),
  state: z.enum(invoiceStates),
  issuedAt: timeString,
  dueOn: z.string().nullable().openapi({ format: 'date', example: '2026-03-15' }),
  periodStart: timeString,
  periodEnd: timeString.openapi({ description: 'Not included' }),
  timezone: z.string().openapi({ example: 'Europe/Kyiv' }),
  currency: currencyText,
  net: moneyText,
  tax: moneyText,
  total: moneyText,
  paid: moneyText,
  credited: moneyText.openapi({ description: 'Settled by credit notes' }),
  outstanding: moneyText,
};

const invoiceSchema = z.strictObject(fields).openapi('PanelInvoice');
const detailSchema = z
  .strictObject({
    ...fields,
    description: z.string().nullable(),
    taxRate: z.string().nullable().openapi({ description: 'Percent; null: no tax', example: '19.00' }),
    taxLabel: z.string().nullable(),
    taxNote: z.string().nullable(),
    lines: z.array(lineSchema),
  })
  .openapi('PanelInvoiceDetail');

function invoiceJson(row: PanelInvoiceRow, now: number): z.output<typeof invoiceSchema> {
  const settled = {
    type: row.type,
    status: row.status,
    total: moneyOf(row.total),
    outstanding: moneyOf(row.outstanding),
    overdueFrom: row.overdueFrom?.getTime() ?? null,
  };
  return {
    id: row.id,
    type: row.type,
    no: row.no,
    state: invoiceState(settled, now),
    issuedAt: timeText(row.at),
    dueOn: row.dueOn,
    periodStart: timeText(row.periodStart),
    periodEnd: timeText(row.periodEnd),
    timezone: row.timezone,
    currency: row.currency,
    net: text(row.net),
    tax: text(row.tax),
    total: text(row.total),
    paid: text(row.paid),
    credited: text(row.credited),
    outstanding: text(row.outstanding),
  };
}

export const listPanelInvoicesOperation = definePanelList({
  id: 'listPanelInvoices',
  path: '/v1/panel/invoices',
  summary: 'List the own invoices and credit notes',
  description: 'Newest first: those that were issued, also those that are void.',
  item: invoiceSchema,
  rows: panelInvoices,
  toJson: invoiceJson,
});

export const readPanelInvoiceOperation = definePanelOperation({
  id: 'readPanelInvoice',
  method: 'get',
  path: '/v1/panel/invoices/{id}',
  area: 'panel',
  summary: 'Get an invoice with its lines',
  request: { params: z.strictObject({ id: pathId }) },
  responses: { 200: { description: 'The invoice', schema: detailSchema } },
  async handler({ params, caller, scope, now }) {
    const { row, lines } = await scope.read(async (q) => {
      const found = await findPanelInvoice(q, caller.clientId, params.id);
      if (!found) throw new DomainError('not_found', `there is no invoice ${params.id}`, '/path/id');
      return { row: found, lines: await readStoredLines(q, found.id) };
    });
    const { description, taxRate, taxLabel, taxNote } = row;
    return ok({
      ...invoiceJson(row, now),
      ...{ description, taxLabel, taxNote },
      taxRate: taxRate && text(taxRate),
      lines: lines.map(lineJson),
    });
  },
});

export const readPanelInvoicePdfOperation = definePanelOperation({
  id: 'readPanelInvoicePdf',
  method: 'get',
  path: '/v1/panel/invoices/{id}/pdf',
  area: 'panel',
  summary: 'Download the PDF of an invoice',
  description: 'The same file as in the email; after the invoice is voided, it is stamped.',
  request: { params: z.strictObject({ id: pathId }) },
  responses: { 200: { description: 'The PDF', contentType: 'application/pdf' } },
  async handler({ params, caller, scope }) {
    const document = await scope.readSnapshot(async (tx) => {
      const row = await findPanelInvoice(tx, caller.clientId, params.id);
      return row && loadInvoice(tx, row.id);
    });
    if (!document) throw new DomainError('not_found', `there is no invoice ${params.id}`, '/path/id');
    const file = await invoiceFile(document);
    return content('application/pdf', file.content, {
      headers: { 'Content-Disposition': `attachment; filename="${file.name}"` },
    });
  },
});
