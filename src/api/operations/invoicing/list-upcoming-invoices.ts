import { upcomingInvoiceList, upcomingInvoiceSorts } from '../../../storage/invoicing/upcoming-invoices.js';
import { defineList } from '../../contract/define-list.js';
import { currencyText, idText, instant, reference, timeOrNull, timeString, timeText } from '../../contract/schemas.js';
import { z } from '../../contract/zod.js';

const upcomingInvoiceSchema = z
  .strictObject({
    id: idText.openapi({ description: 'Of the client' }),
    clientName: z.string(),
    resellerId: idText,
    resellerName: z.string(),
    currency: currencyText,
    timezone: z.string().openapi({ description: 'Whose days the periods are of', example: 'Europe/Kyiv' }),
    paymentTerms: z.string().openapi({ example: '7/7' }),
    lastInvoicedAt: timeString.nullable().openapi({ description: 'End of what is invoiced; null: nothing is' }),
    nextInvoiceAt: timeString.openapi({
      description: 'End of the next period and the delay of the client; one in the past is due',
    }),
    due: z.boolean().openapi({ description: 'The next run issues it' }),
    blockedReason: z.enum(['too_many_missed']).nullable().openapi({
      description:
        '`too_many_missed`: more than 36 periods are not invoiced. Set the last invoice date, or issue one invoice',
    }),
    jobId: idText.nullable().openapi({ description: 'The invoicing run in which it waits' }),
  })
  .openapi('UpcomingInvoice');

export const listUpcomingInvoicesOperation = defineList({
  id: 'listUpcomingInvoices',
  path: '/v1/upcoming-invoices',
  area: 'invoices',
  summary: 'List clients by their next automatic invoice',
  description: 'Clients with autoinvoicing and payment terms, deleted ones left out. What is due comes first.',
  scope: 'payments:read',
  filters: {
    clientId: reference.optional(),
    resellerId: reference.optional().openapi({ description: 'Of the client, with its sub-resellers' }),
    before: instant.optional().openapi({ description: 'The next invoice is issued before then' }),
  },
  sorts: upcomingInvoiceSorts,
  order: 'nextInvoiceAt',
  page: 'A page of clients with their next invoice',
  item: upcomingInvoiceSchema,
  rows: (q, { filter, caller }) => upcomingInvoiceList(q, caller.resellerId, filter),
  toJson: ({ ownerId, ownerName, lastInvoicedAt, nextInvoiceAt, ...row }, { now }) => ({
    id: row.clientId,
    clientName: row.clientName,
    resellerId: ownerId,
    resellerName: ownerName,
    currency: row.currency,
    timezone: row.timezone,
    paymentTerms: row.paymentTerms,
    lastInvoicedAt: timeOrNull(lastInvoicedAt),
    nextInvoiceAt: timeText(nextInvoiceAt),
    due: nextInvoiceAt.getTime() <= now && !row.isBlocked,
    blockedReason: row.isBlocked ? ('too_many_missed' as const) : null,
    jobId: row.jobId,
  }),
  csv: {
    id: 'exportUpcomingInvoices',
    name: 'upcoming-invoices',
    what: 'clients by their next automatic invoice',
    columns: {
      nextInvoiceAt: { header: 'Next invoice', value: ({ nextInvoiceAt }) => nextInvoiceAt },
      id: { header: 'Client ID', value: ({ id }) => ({ number: id }) },
      clientName: { header: 'Client', value: ({ clientName }) => clientName },
      resellerName: { header: 'Reseller', value: ({ resellerName }) => resellerName },
      paymentTerms: { header: 'Payment terms', value: ({ paymentTerms }) => paymentTerms },
      lastInvoicedAt: { header: 'Last invoiced', value: ({ lastInvoicedAt }) => lastInvoicedAt },
      timezone: { header: 'Time zone', value: ({ timezone }) => timezone },
      currency: { header: 'Currency', value: ({ currency }) => currency },
    },
  },
});
