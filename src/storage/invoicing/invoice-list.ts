import type { Fragment } from 'postgres';
import type { InvoiceStatus, InvoiceType, PaymentStatus } from '../../domain/invoicing/payment-status.js';
import { withWildcards } from '../clients/text-match.js';
import type { Queries } from '../system/database.js';
import type { ListQuery } from '../system/paging.js';
import { subtree, visibleClients } from '../system/tenancy.js';
import { invoiceColumns, invoiceTables, type InvoiceOrigin, type InvoiceRow } from './invoices.js';

export interface InvoiceFilter {
  /** the beginning of the number, without case; `*` is any text */
  readonly q: string | null;
  readonly clientId: string | null;
  /** of the client, with sub-resellers */
  readonly resellerId: string | null;
  readonly type: InvoiceType | null;
  readonly status: InvoiceStatus | null;
  readonly paymentStatus: PaymentStatus | null;
  readonly overdue: boolean | null;
  readonly origin: InvoiceOrigin | null;
  readonly currency: string | null;
  /** by the invoice date, of a draft its creation: `from <= t < to` */
  readonly from: Date | null;
  readonly to: Date | null;
  /** periods that have a part between the two */
  readonly periodFrom: Date | null;
  readonly periodTo: Date | null;
}

export const invoiceSorts = ['date', 'no', 'dueOn', 'total', 'outstanding', 'clientName'] as const;
type InvoiceSort = (typeof invoiceSorts)[number];

export function invoiceList(
  q: Queries,
  resellerId: string,
  filter: InvoiceFilter,
  now: Date,
): ListQuery<InvoiceRow, InvoiceSort> {
  const wanted = conditions(q, resellerId, filter, now);
  return {
    columns: {
      id: { expression: q`i.id`, type: 'bigint' },
      date: { expression: dateOf(q), type: 'timestamptz' },
      no: { expression: q`lower(coalesce(i.no, ''))`, type: 'text' },
      dueOn: { expression: q`coalesce(i.overdue_from, 'infinity')`, type: 'timestamptz' },
      total: { expression: q`i.total`, type: 'numeric' },
      outstanding: { expression: q`i.outstanding`, type: 'numeric' },
      clientName: { expression: q`lower(c.name)`, type: 'text' },
    },
    select: ({ within, orderBy, limit, position }) => q`
      select ${invoiceColumns(q)}, ${position} as position from ${invoiceTables(q)}
      where ${wanted} and ${within} order by ${orderBy} limit ${limit}`,
    count: () => q`select count(*)::int as total from ${invoiceTables(q)} where ${wanted}`,
  };
}

interface InvoiceTotal {
  readonly currency: string;
  readonly invoices: number;
  readonly net: string;
  readonly tax: string;
  readonly total: string;
  readonly outstanding: string;
  readonly overdue: string;
}

/** What the issued invoices that match add up to, in each currency; credit notes are taken off. */
export function sumInvoices(q: Queries, resellerId: string, filter: InvoiceFilter, now: Date): Promise<InvoiceTotal[]> {
  const signed = (amount: Fragment): Fragment =>
    q`sum(case i.type when 'credit_note' then -${amount} else ${amount} end)::numeric(24, 6)::text`;
  return q<InvoiceTotal[]>`
    select i.currency, count(*)::int as invoices, ${signed(q`i.net`)} as net, ${signed(q`i.tax`)} as tax,
      ${signed(q`i.total`)} as total, sum(i.outstanding)::numeric(24, 6)::text as outstanding,
      sum(case when ${isOverdue(q, now)} then i.outstanding else 0 end)::numeric(24, 6)::text as overdue
    from ${invoiceTables(q)} where ${conditions(q, resellerId, filter, now)} and i.status = 'issued'
    group by 1 order by 2 desc, 1`;
}

function conditions(q: Queries, resellerId: string, filter: InvoiceFilter, now: Date): Fragment {
  const parts: Fragment[] = [visibleClients(q, resellerId)];
  if (filter.q !== null) parts.push(q`lower(i.no) like ${`${withWildcards(filter.q)}%`}`);
  if (filter.clientId !== null) parts.push(q`i.client_id = ${filter.clientId}`);
  if (filter.resellerId !== null) parts.push(q`c.reseller_id in (${subtree(q, filter.resellerId)})`);
  if (filter.type !== null) parts.push(q`i.type = ${filter.type}`);
  if (filter.status !== null) parts.push(q`i.status = ${filter.status}`);
  if (filter.paymentStatus !== null) parts.push(hasPaymentStatus(q, filter.paymentStatus));
  if (filter.overdue !== null) parts.push(filter.overdue ? isOverdue(q, now) : q`not ${isOverdue(q, now)}`);
  if (filter.origin !== null) parts.push(q`i.origin = ${filter.origin}`);
  if (filter.currency !== null) parts.push(q`i.currency = ${filter.currency}`);
  if (filter.from !== null) parts.push(q`${dateOf(q)} >= ${filter.from}`);
  if (filter.to !== null) parts.push(q`${dateOf(q)} < ${filter.to}`);
  if (filter.periodFrom !== null) parts.push(q`i.period_end > ${filter.periodFrom}`);
  if (filter.periodTo !== null) parts.push(q`i.period_start < ${filter.periodTo}`);
  return parts.reduce((all, part) => q`${all} and ${part}`);
}

function dateOf(q: Queries): Fragment {
  return q`coalesce(i.issued_at, i.created_at)`;
}

/** What `isOverdue` (src/domain/invoicing/payment-status.ts) says. */
function isOverdue(q: Queries, now: Date): Fragment {
  return q`(i.outstanding > 0 and i.overdue_from <= ${now})`;
}

/** What `paymentStatus` (src/domain/invoicing/payment-status.ts) says. */
function hasPaymentStatus(q: Queries, status: PaymentStatus): Fragment {
  const payable = q`i.status = 'issued' and i.type = 'outgoing' and i.total > 0`;
  switch (status) {
    case 'unpaid':
      return q`(${payable} and i.outstanding = i.total)`;
    case 'partly_paid':
      return q`(${payable} and i.outstanding > 0 and i.outstanding < i.total)`;
    case 'paid':
      return q`(${payable} and i.outstanding = 0)`;
    case 'not_payable':
      return q`(i.status = 'issued' and (i.type = 'credit_note' or i.total <= 0))`;
  }
}
