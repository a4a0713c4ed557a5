import { DomainError } from '../../../domain/errors.js';
import { addDays, localDate } from '../../../domain/invoicing/local-days.js';
import {
  reportGroups,
  reportPeriods,
  summaryReportList,
  summarySorts,
  sumSummary,
  type SummaryAmounts,
  type SummaryReport,
} from '../../../storage/reports/summary-report.js';
import { requireZone } from '../../../storage/system/time-zones.js';
import { defineList } from '../../contract/define-list.js';
import { currency, currencyText, idText, moneyText, reference } from '../../contract/schemas.js';
import { zoneName } from '../../contract/zone-name.js';
import { z } from '../../contract/zod.js';
import { dayMs } from '../../../domain/durations.js';
import { day, text } from '../invoicing/schema.js';

/** Days of a report up to. */
const maxDays = 732;
const usualDays = 30;
/** Where days begin first. */
const earliestZone = 'Pacific/Kiritimati';

const amounts = {
  currency: currencyText,
  clients: z.int().openapi({ description: 'Clients with something to report' }),
  charges: moneyText,
  payments: moneyText,
  refunds: moneyText.openapi({ description: 'Refunds, and payments that were reversed' }),
  invoices: moneyText.openapi({ description: 'Totals of issued invoices, void ones left out' }),
  creditNotes: moneyText,
  credit: moneyText.openapi({ description: 'Temporary credit that began' }),
};

const summaryRowSchema = z
  .strictObject({
    id: idText.openapi({ description: 'Of the row, within this report' }),
    period: z.string().openapi({ format: 'date', description: 'First day of the period', example: '2026-03-01' }),
    clientId: idText.nullable().openapi({ description: 'null: the row is of a reseller' }),
    clientName: z.string().nullable(),
    resellerId: idText,
    resellerName: z.string(),
    ...amounts,
  })
  .openapi('SummaryReportRow');

const filters = {
  by: z.enum(reportPeriods).default('month'),
  per: z.enum(reportGroups).default('client').openapi({
    description: '`reseller`: the own clients of each reseller, in each currency',
  }),
  from: day.optional().openapi({ description: `First day; default: ${usualDays} days before the last` }),
  to: day.optional().openapi({ description: `Last day; default: today. Up to ${maxDays} days` }),
  timezone: zoneName.optional().openapi({
    description: 'IANA name; default: of each client its own, and with `per=reseller` that of the reseller',
    example: 'Europe/Kyiv',
  }),
  clientId: reference.optional(),
  resellerId: reference.optional().openapi({ description: 'With its sub-resellers' }),
  currency: currency.optional(),
};

export const summaryReportOperation = defineList({
  id: 'readSummaryReport',
  path: '/v1/reports/summary',
  area: 'ledger',
  summary: 'Report charges, payments, invoices, and credit by period',
  description:
    'One row for each client, or reseller and currency, and each period in which something happened. Days are those of ' +
    '`timezone`; weeks start on Monday. A period that the range cuts has the days within it.',
  scope: 'payments:read',
  filters,
  sorts: summarySorts,
  order: 'period,name',
  page: 'A page of the report',
  item: summaryRowSchema,
  async require(input) {
    requireRange(reportOf(input));
    const { timezone } = input.filter;
    if (timezone !== null) await input.scope.read((q) => requireZone(q, timezone, '/query/timezone'));
  },
  rows: (q, input) => summaryReportList(q, input.caller.resellerId, reportOf(input)),
  toJson: ({ ownerId, ownerName, ...row }) => ({
    id: row.id,
    period: row.period,
    clientId: row.clientId,
    clientName: row.clientName,
    resellerId: ownerId,
    resellerName: ownerName,
    ...amountsJson(row),
  }),
  include: {
    totals: {
      what: 'what all rows add up to by currency',
      schema: z.array(z.strictObject(amounts)),
      beside: async (q, input) => (await sumSummary(q, input.caller.resellerId, reportOf(input))).map(amountsJson),
    },
  },
  csv: {
    id: 'exportSummaryReport',
    name: 'summary-report',
    what: 'charges, payments, invoices, and credit by period',
    columns: {
      period: { header: 'Period', value: ({ period }) => period },
      clientId: { header: 'Client ID', value: ({ clientId }) => (clientId === null ? null : { number: clientId }) },
      clientName: { header: 'Client', value: ({ clientName }) => clientName },
      resellerId: { header: 'Reseller ID', value: ({ resellerId }) => ({ number: resellerId }) },
      resellerName: { header: 'Reseller', value: ({ resellerName }) => resellerName },
      clients: { header: 'Clients', value: ({ clients }) => ({ number: String(clients) }) },
      charges: { header: 'Charges', value: ({ charges }) => ({ number: charges }) },
      payments: { header: 'Payments', value: ({ payments }) => ({ number: payments }) },
      refunds: { header: 'Refunds', value: ({ refunds }) => ({ number: refunds }) },
      invoices: { header: 'Invoices', value: ({ invoices }) => ({ number: invoices }) },
      creditNotes: { header: 'Credit notes', value: ({ creditNotes }) => ({ number: creditNotes }) },
      credit: { header: 'Temporary credit', value: ({ credit }) => ({ number: credit }) },
      currency: { header: 'Currency', value: (row) => row.currency },
      id: { header: 'Row ID', value: ({ id }) => ({ number: id }) },
    },
  },
});

function reportOf({
  filter,
  now,
}: {
  readonly filter: Omit<SummaryReport, 'from' | 'to'> & { readonly from: string | null; readonly to: string | null };
  readonly now: number;
}): SummaryReport {
  // Without a zone, today as far as it has begun anywhere.
  const to = filter.to ?? localDate(now, filter.timezone ?? earliestZone);
  return { ...filter, to, from: filter.from ?? addDays(to, -usualDays) };
}

function requireRange({ from, to }: SummaryReport): void {
  if (to < from) throw new DomainError('invalid', 'must not be before `from`', '/query/to');
  if ((Date.parse(to) - Date.parse(from)) / dayMs < maxDays) return;
  throw new DomainError('invalid', `must be less than ${maxDays} days after \`from\``, '/query/to');
}

function amountsJson(row: SummaryAmounts): z.output<z.ZodObject<typeof amounts>> {
  return {
    currency: row.currency,
    clients: row.clients,
    charges: text(row.charges),
    payments: text(row.payments),
    refunds: text(row.refunds),
    invoices: text(row.invoices),
    creditNotes: text(row.creditNotes),
    credit: text(row.credit),
  };
}
