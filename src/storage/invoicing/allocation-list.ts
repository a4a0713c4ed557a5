import type { Fragment } from 'postgres';
import type { Queries } from '../system/database.js';
import type { ListQuery } from '../system/paging.js';

/** What money was used for. Either of `invoiceId` and `refundId`, and either of the payment and `creditNoteId`. */
export interface AllocationRow {
  readonly id: string;
  readonly at: Date;
  readonly amount: string;
  readonly currency: string;
  /** as its payment system named it */
  readonly paymentId: string | null;
  readonly paymentEntryId: string | null;
  /** a credit note, or an invoice whose total is below zero */
  readonly creditNoteId: string | null;
  readonly creditNoteNo: string | null;
  readonly invoiceId: string | null;
  readonly invoiceNo: string | null;
  /** as its caller named it */
  readonly refundId: string | null;
}

interface AllocationFilter {
  readonly invoiceId: string | null;
  readonly paymentEntryId: string | null;
}

export function allocationList(q: Queries, clientId: string, filter: AllocationFilter): ListQuery<AllocationRow, 'at'> {
  const parts: Fragment[] = [q`a.client_id = ${clientId}`];
  if (filter.invoiceId !== null) parts.push(q`a.invoice_id = ${filter.invoiceId}`);
  if (filter.paymentEntryId !== null) parts.push(q`k.entry_id = ${filter.paymentEntryId}`);
  const where = parts.reduce((all, part) => q`${all} and ${part}`);
  return {
    columns: {
      id: { expression: q`a.id`, type: 'bigint' },
      at: { expression: q`a.at`, type: 'timestamptz' },
    },
    select: ({ within, orderBy, limit, position }) => q`
      select ${columns(q)}, ${position} as position from ${tables(q)}
      where ${where} and ${within} order by ${orderBy} limit ${limit}`,
    count: () => q`select count(*)::int as total from ${tables(q)} where ${where}`,
  };
}

/** The first `limit` allocations of an invoice, or of a payment or credit note, in their order. */
export function readAllocations(
  q: Queries,
  of: { readonly invoiceId: string } | { readonly paymentEntryId: string } | { readonly creditNoteId: string },
  limit: number,
): Promise<AllocationRow[]> {
  const where =
    'invoiceId' in of
      ? q`a.invoice_id = ${of.invoiceId}`
      : 'paymentEntryId' in of
        ? q`k.entry_id = ${of.paymentEntryId}`
        : q`k.invoice_id = ${of.creditNoteId}`;
  return q<AllocationRow[]>`select ${columns(q)} from ${tables(q)} where ${where} order by a.id limit ${limit}`;
}

function tables(q: Queries): Fragment {
  return q`allocations a join credits k on k.id = a.credit_id
    left join ledger_entries p on p.id = k.entry_id left join invoices n on n.id = k.invoice_id
    left join invoices i on i.id = a.invoice_id left join ledger_entries f on f.id = a.refund_id`;
}

function columns(q: Queries): Fragment {
  return q`a.id, a.at, a.amount, coalesce(p.currency, n.currency) as currency, p.external_id as "paymentId",
    p.id as "paymentEntryId", n.id as "creditNoteId", n.no as "creditNoteNo", i.id as "invoiceId", i.no as "invoiceNo",
    f.external_id as "refundId"`;
}

/** How much of a payment was reversed, was refunded, and is free; null: no payment. */
export async function readPaymentUse(
  q: Queries,
  entryId: string,
): Promise<{ readonly reversed: string; readonly refunded: string; readonly unallocated: string } | null> {
  const [row] = await q<{ reversed: string; refunded: string; unallocated: string }[]>`
    select e.amount - k.amount as reversed, greatest(k.amount - k.used, 0) as unallocated,
      coalesce((select sum(a.amount) from allocations a where a.credit_id = k.id and a.refund_id is not null), 0) as refunded
    from credits k join ledger_entries e on e.id = k.entry_id where k.entry_id = ${entryId}`;
  return row ?? null;
}

interface CreditNoteRow {
  readonly id: string;
  readonly no: string;
  readonly total: string;
  readonly issuedAt: Date;
}

/** The credit notes of an invoice, the first first. */
export function readCreditNotes(q: Queries, invoiceId: string): Promise<CreditNoteRow[]> {
  return q<CreditNoteRow[]>`
    select id, no, total, issued_at as "issuedAt" from invoices where credit_of = ${invoiceId} order by id limit 200`;
}
