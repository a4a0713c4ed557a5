import type { Fragment } from 'postgres';
import type { InvoiceStatus, InvoiceType } from '../../domain/invoicing/payment-status.js';
import type { NotificationKind } from '../../domain/notifications/mail-kinds.js';
import type { Queries } from '../system/database.js';
import type { ListQuery } from '../system/paging.js';
import { ownedBy } from '../system/tenancy.js';

/** What a client panel lists: rows of the own client, newest first, without what staff wrote about them. */

export type PanelSort = 'at';

/** A notice that was sent to an address of the client. */
export interface PanelNoticeRow {
  readonly id: string;
  readonly at: Date;
  readonly kind: NotificationKind;
  /** client's currency; null: unknown then */
  readonly available: string | null;
  readonly currency: string | null;
  /** null: it was not about a threshold, or about a share of the limit */
  readonly threshold: string | null;
  readonly subject: string;
  readonly acceptedAt: Date | null;
}

/** With the message as it was sent. */
export interface PanelNotice extends PanelNoticeRow {
  readonly text: string;
}

/** Of each notification `n` the first message to an address of the client: row-level security hides the others. */
function noticeTables(q: Queries): Fragment {
  return q`notifications n cross join lateral (
    select d.subject, d.text, d.accepted_at from deliveries d where d.notification_id = n.id
      and lower(d.recipient) = any ((select scope_client_addresses())::text[])
    order by d.position limit 1) d`;
}

function noticeColumns(q: Queries): Fragment {
  return q`n.id, n.decided_at as at, n.kind, n.available, n.currency, nullif(n.variables ->> 'threshold', '') as threshold,
    d.subject, d.accepted_at as "acceptedAt"`;
}

export function panelNotices(q: Queries, clientId: string): ListQuery<PanelNoticeRow, PanelSort> {
  const wanted = q`${ownedBy(q, q`n.client_id`, clientId)} and n.rule <> 'user'`;
  return {
    columns: {
      id: { expression: q`n.id`, type: 'bigint' },
      at: { expression: q`n.decided_at`, type: 'timestamptz' },
    },
    select: ({ within, orderBy, limit, position }) => q`
      select ${noticeColumns(q)}, ${position} as position from ${noticeTables(q)}
      where ${wanted} and ${within} order by ${orderBy} limit ${limit}`,
    count: () => q`select count(*)::int as total from ${noticeTables(q)} where ${wanted}`,
  };
}

export async function findPanelNotice(q: Queries, clientId: string, id: string): Promise<PanelNotice | null> {
  const [row] = await q<PanelNotice[]>`
    select ${noticeColumns(q)}, d.text from ${noticeTables(q)}
    where n.id = ${id} and n.rule <> 'user' and ${ownedBy(q, q`n.client_id`, clientId)}`;
  return row ?? null;
}

/** A payment, or what took one back. */
export interface PanelPaymentRow {
  readonly id: string;
  readonly at: Date;
  readonly kind: 'payment' | 'refund' | 'reversal';
  readonly reference: string;
  readonly amount: string;
  readonly currency: string;
}

export function panelPayments(q: Queries, clientId: string): ListQuery<PanelPaymentRow, PanelSort> {
  const wanted = q`${ownedBy(q, q`e.client_id`, clientId)} and e.kind in ('payment', 'refund', 'reversal')`;
  return {
    columns: {
      id: { expression: q`e.id`, type: 'bigint' },
      at: { expression: q`e.occurred_at`, type: 'timestamptz' },
    },
    select: ({ within, orderBy, limit, position }) => q`
      select e.id, e.occurred_at as at, e.kind, e.external_id as reference, e.amount, e.currency, ${position} as position
      from ledger_entries e where ${wanted} and ${within} order by ${orderBy} limit ${limit}`,
    count: () => q`select count(*)::int as total from ledger_entries e where ${wanted}`,
  };
}

export interface PanelInvoiceRow {
  readonly id: string;
  readonly at: Date;
  readonly type: InvoiceType;
  readonly status: InvoiceStatus;
  readonly no: string;
  readonly currency: string;
  readonly timezone: string;
  readonly periodStart: Date;
  readonly periodEnd: Date;
  readonly description: string | null;
  readonly net: string;
  readonly tax: string;
  readonly total: string;
  readonly taxRate: string | null;
  readonly taxLabel: string | null;
  readonly taxNote: string | null;
  /** `2026-03-31` */
  readonly dueOn: string | null;
  readonly overdueFrom: Date | null;
  readonly paid: string;
  readonly credited: string;
  readonly outstanding: string;
}

function invoiceColumns(q: Queries): Fragment {
  return q`i.id, i.issued_at as at, i.type, i.status, i.no, i.currency, i.timezone, i.period_start as "periodStart",
    i.period_end as "periodEnd", i.description, i.net, i.tax, i.total, i.tax_rate as "taxRate", i.tax_label as "taxLabel",
    i.tax_note as "taxNote", to_char(i.due_on, 'YYYY-MM-DD') as "dueOn", i.overdue_from as "overdueFrom", i.paid, i.credited,
    i.outstanding`;
}

export function panelInvoices(q: Queries, clientId: string): ListQuery<PanelInvoiceRow, PanelSort> {
  const wanted = q`${ownedBy(q, q`i.client_id`, clientId)} and i.status <> 'draft'`;
  return {
    columns: {
      id: { expression: q`i.id`, type: 'bigint' },
      at: { expression: q`i.issued_at`, type: 'timestamptz' },
    },
    select: ({ within, orderBy, limit, position }) => q`
      select ${invoiceColumns(q)}, ${position} as position from invoices i
      where ${wanted} and ${within} order by ${orderBy} limit ${limit}`,
    count: () => q`select count(*)::int as total from invoices i where ${wanted}`,
  };
}

/** Null for a draft as well. */
export async function findPanelInvoice(q: Queries, clientId: string, id: string): Promise<PanelInvoiceRow | null> {
  const [row] = await q<PanelInvoiceRow[]>`
    select ${invoiceColumns(q)} from invoices i
    where i.id = ${id} and i.status <> 'draft' and ${ownedBy(q, q`i.client_id`, clientId)}`;
  return row ?? null;
}

/** A transfer between two accounts of the client. */
export interface PanelTransferRow {
  readonly id: string;
  readonly at: Date;
  readonly fromAccount: string;
  readonly toAccount: string;
  readonly amount: string;
  readonly currency: string;
  readonly isUndo: boolean;
}

export function panelTransfers(q: Queries, clientId: string): ListQuery<PanelTransferRow, PanelSort> {
  const tables = q`transfers t join accounts f on f.id = t.from_account_id join accounts o on o.id = t.to_account_id`;
  const wanted = q`${ownedBy(q, q`t.from_client_id`, clientId)} and ${ownedBy(q, q`t.to_client_id`, clientId)}`;
  return {
    columns: {
      id: { expression: q`t.id`, type: 'bigint' },
      at: { expression: q`t.at`, type: 'timestamptz' },
    },
    select: ({ within, orderBy, limit, position }) => q`
      select t.id, t.at, f.external_id as "fromAccount", o.external_id as "toAccount", t.amount, t.currency,
        t.undoes is not null as "isUndo", ${position} as position
      from ${tables} where ${wanted} and ${within} order by ${orderBy} limit ${limit}`,
    count: () => q`select count(*)::int as total from ${tables} where ${wanted}`,
  };
}
