import type { Fragment } from 'postgres';
import type { Queries } from '../system/database.js';
import type { ListQuery } from '../system/paging.js';
import { subtree, visibleClients } from '../system/tenancy.js';

/** A client that is invoiced without being asked for, and when. */
export interface UpcomingInvoiceRow {
  readonly clientId: string;
  readonly clientName: string;
  readonly ownerId: string;
  readonly ownerName: string;
  readonly currency: string;
  readonly timezone: string;
  /** as lists name payment terms: 7/7, on 1/14 */
  readonly paymentTerms: string;
  /** null: it was never invoiced */
  readonly lastInvoicedAt: Date | null;
  readonly nextInvoiceAt: Date;
  /** the job in which it waits; null: none */
  readonly jobId: string | null;
  /** so many periods were missed that nothing is invoiced until someone acts */
  readonly isBlocked: boolean;
}

export interface UpcomingInvoiceFilter {
  readonly resellerId: string | null;
  readonly clientId: string | null;
  readonly before: Date | null;
}

export const upcomingInvoiceSorts = ['nextInvoiceAt', 'clientName'] as const;

export function upcomingInvoiceList(
  q: Queries,
  withinId: string,
  filter: UpcomingInvoiceFilter,
): ListQuery<UpcomingInvoiceRow, (typeof upcomingInvoiceSorts)[number]> {
  const tables = q`balances b join clients c on c.id = b.client_id join resellers r on r.id = c.reseller_id
    join payment_terms t on t.id = c.payment_terms_id`;
  const parts: Fragment[] = [q`b.next_invoice_at is not null`, visibleClients(q, withinId)];
  if (filter.resellerId !== null) parts.push(q`c.reseller_id in (${subtree(q, filter.resellerId)})`);
  if (filter.clientId !== null) parts.push(q`b.client_id = ${filter.clientId}`);
  if (filter.before !== null) parts.push(q`b.next_invoice_at < ${filter.before}`);
  const wanted = parts.reduce((all, part) => q`${all} and ${part}`);
  return {
    columns: {
      id: { expression: q`b.client_id`, type: 'bigint' },
      nextInvoiceAt: { expression: q`b.next_invoice_at`, type: 'timestamptz' },
      clientName: { expression: q`lower(c.name)`, type: 'text' },
    },
    select: ({ within, orderBy, limit, position }) => q`
      select c.id as "clientId", c.name as "clientName", r.id as "ownerId", r.name as "ownerName", c.currency, c.timezone,
        t.label as "paymentTerms", b.invoiced_until as "lastInvoicedAt", b.next_invoice_at as "nextInvoiceAt",
        (select max(w.job_id) from job_rows w join jobs j on j.id = w.job_id
          where w.client_id = c.id and w.outcome = 'pending' and j.kind = 'autoinvoicing') as "jobId",
        exists (select 1 from events e where e.kind = 'invoice.too_many_missed' and e.cause = c.id::text
          and e.resolved_at is null) as "isBlocked",
        ${position} as position
      from ${tables} where ${wanted} and ${within} order by ${orderBy} limit ${limit}`,
    count: () => q`select count(*)::int as total from ${tables} where ${wanted}`,
  };
}
