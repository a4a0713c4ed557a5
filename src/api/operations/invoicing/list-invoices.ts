import { invoiceStatuses, invoiceTypes, paymentStatuses } from '../../../domain/invoicing/payment-status.js';
import { invoiceList, invoiceSorts, sumInvoices } from '../../../storage/invoicing/invoice-list.js';
import { invoiceOrigins } from '../../../storage/invoicing/invoices.js';
import { defineList } from '../../contract/define-list.js';
import { currency, currencyText, instant, line, moneyText, reference } from '../../contract/schemas.js';
import { z } from '../../contract/zod.js';
import { invoiceJson, invoiceSchema, text } from './schema.js';

const filters = {
  q: line(40).optional().openapi({
    description: 'Beginning of the number, ignoring case; `*` matches any text, `*42` a number that contains 42',
  }),
  clientId: reference.optional(),
  resellerId: reference.optional().openapi({ description: 'Of the client, with its sub-resellers' }),
  type: z.enum(invoiceTypes).optional(),
  status: z.enum(invoiceStatuses).optional(),
  paymentStatus: z.enum(paymentStatuses).optional(),
  overdue: z
    .enum(['true', 'false'])
    .transform((value) => value === 'true')
    .optional()
    .openapi({ type: 'boolean' }),
  origin: z.enum(invoiceOrigins).optional(),
  currency: currency.optional(),
  from: instant.optional().openapi({ description: 'Invoice date then or later; of a draft, its creation' }),
  to: instant.optional().openapi({ description: 'Invoice date before then' }),
  periodFrom: instant.optional().openapi({ description: 'The period ends after then' }),
  periodTo: instant.optional().openapi({ description: 'The period starts before then' }),
};

export const listInvoicesOperation = defineList({
  id: 'listInvoices',
  path: '/v1/invoices',
  area: 'invoices',
  summary: 'List invoices and credit notes of all clients',
  description: 'Newest first, by invoice date. Drafts have no totals here: GET one to compute them.',
  scope: 'payments:read',
  filters,
  sorts: invoiceSorts,
  order: '-date',
  page: 'A page of invoices',
  item: invoiceSchema,
  rows: (q, { filter, caller, now }) => invoiceList(q, caller.resellerId, filter, new Date(now)),
  toJson: (row, { now }) => invoiceJson(row, now),
  include: {
    totals: {
      what: 'what the issued invoices that match add up to by currency, credit notes taken off',
      schema: z.array(
        z.strictObject({
          currency: currencyText,
          invoices: z.int(),
          net: moneyText,
          tax: moneyText,
          total: moneyText,
          outstanding: moneyText,
          overdue: moneyText,
        }),
      ),
      beside: async (q, { filter, caller, now }) =>
        (await sumInvoices(q, caller.resellerId, filter, new Date(now))).map((sum) => ({
          ...sum,
          net: text(sum.net),
          tax: text(sum.tax),
          total: text(sum.total),
          outstanding: text(sum.outstanding),
          overdue: text(sum.overdue),
        })),
    },
  },
  csv: {
    id: 'exportInvoices',
    name: 'invoices',
    what: 'invoices',
    columns: {
      no: { header: 'Number', value: ({ no }) => no },
      type: { header: 'Type', value: ({ type }) => type },
      state: { header: 'State', value: ({ state }) => state },
      issuedAt: { header: 'Invoice date', value: ({ issuedAt }) => issuedAt },
      dueOn: { header: 'Due date', value: ({ dueOn }) => dueOn },
      clientId: { header: 'Client ID', value: ({ clientId }) => ({ number: clientId }) },
      clientName: { header: 'Client', value: ({ clientName }) => clientName },
      resellerId: { header: 'Reseller ID', value: ({ resellerId }) => ({ number: resellerId }) },
      resellerName: { header: 'Reseller', value: ({ resellerName }) => resellerName },
      periodStart: { header: 'Period start', value: ({ periodStart }) => periodStart },
      periodEnd: { header: 'Period end', value: ({ periodEnd }) => periodEnd },
      timezone: { header: 'Time zone', value: ({ timezone }) => timezone },
      net: { header: 'Net', value: ({ net }) => ({ number: net }) },
      tax: { header: 'Tax', value: ({ tax }) => ({ number: tax }) },
      total: { header: 'Total', value: ({ total }) => ({ number: total }) },
      paid: { header: 'Paid', value: ({ paid }) => ({ number: paid }) },
      credited: { header: 'Credited', value: ({ credited }) => ({ number: credited }) },
      outstanding: { header: 'Outstanding', value: ({ outstanding }) => ({ number: outstanding }) },
      emailState: { header: 'Email', value: ({ emailState }) => emailState },
      currency: { header: 'Currency', value: (invoice) => invoice.currency },
      origin: { header: 'Origin', value: ({ origin }) => origin },
      description: { header: 'Description', value: ({ description }) => description },
      id: { header: 'Invoice ID', value: ({ id }) => ({ number: id }) },
    },
  },
});
