import type { Fragment } from 'postgres';
import type { InvoicedMark } from '../../domain/invoicing/contents.js';
import type { InvoiceStatus, InvoiceType } from '../../domain/invoicing/payment-status.js';
import type { TaxMode } from '../../domain/invoicing/totals.js';
import { formatMoney, moneyOf, type Micros } from '../../domain/money.js';
import type { Queries, Transaction } from '../system/database.js';
import { visibleClient } from '../system/tenancy.js';
import { invoiceEmailState, type EmailState } from './invoice-emails.js';

/** Where the lines of an invoice that is voided go. */
export const voidedLines = ['draft', 'next', 'never'] as const;
export type VoidedLines = (typeof voidedLines)[number];

/** Who wanted it: a person, or autoinvoicing. */
export const invoiceOrigins = ['manual', 'auto'] as const;
export type InvoiceOrigin = (typeof invoiceOrigins)[number];

/** An invoice as the table holds it; amounts as PostgreSQL writes them. */
export interface InvoiceRow {
  readonly id: string;
  readonly clientId: string;
  readonly clientName: string;
  /** of the client now */
  readonly ownerId: string;
  readonly ownerName: string;
  readonly type: InvoiceType;
  readonly status: InvoiceStatus;
  readonly review: boolean;
  readonly no: string | null;
  readonly currency: string;
  readonly timezone: string;
  readonly periodStart: Date;
  readonly periodEnd: Date;
  readonly description: string | null;
  readonly net: string;
  readonly tax: string;
  readonly total: string;
  /** percent */
  readonly taxRate: string | null;
  readonly taxMode: TaxMode | null;
  readonly taxLabel: string | null;
  readonly taxNote: string | null;
  readonly issuedAt: Date | null;
  /** `2026-03-31` */
  readonly dueOn: string | null;
  readonly overdueFrom: Date | null;
  readonly paid: string;
  readonly credited: string;
  readonly outstanding: string;
  readonly fromEnd: Date | null;
  readonly fromSeq: string | null;
  readonly uptoSeq: string | null;
  readonly replaces: string | null;
  readonly replacedBy: string | null;
  readonly creditOf: string | null;
  readonly voidReason: string | null;
  readonly voidedAt: Date | null;
  readonly voidLines: VoidedLines | null;
  readonly origin: InvoiceOrigin;
  /** null: a draft */
  readonly emailState: EmailState | null;
  readonly version: number;
  readonly createdAt: Date;
}

/** Of `invoices i`, `clients c`, and the reseller `r` of the client. */
export function invoiceColumns(q: Queries): Fragment {
  return q`i.id, i.client_id as "clientId", c.name as "clientName", r.id as "ownerId", r.name as "ownerName", i.type, i.status,
    i.review, i.no, i.currency, i.timezone, i.period_start as "periodStart", i.period_end as "periodEnd", i.description,
    i.net, i.tax, i.total, i.tax_rate as "taxRate", i.tax_mode as "taxMode", i.tax_label as "taxLabel",
    i.tax_note as "taxNote", i.issued_at as "issuedAt", to_char(i.due_on, 'YYYY-MM-DD') as "dueOn",
    i.overdue_from as "overdueFrom", i.paid, i.credited, i.outstanding, i.from_end as "fromEnd", i.from_seq as "fromSeq",
    i.upto_seq as "uptoSeq", i.replaces, (select n.id from invoices n where n.replaces = i.id) as "replacedBy",
    i.credit_of as "creditOf", i.void_reason as "voidReason", i.voided_at as "voidedAt", i.void_lines as "voidLines",
    i.origin, ${invoiceEmailState(q)} as "emailState", i.version, i.created_at as "createdAt"`;
}

export function invoiceTables(q: Queries): Fragment {
  return q`invoices i join clients c on c.id = i.client_id join resellers r on r.id = c.reseller_id`;
}

/** Null when there is none of a client within the reseller's subtree. */
export async function findInvoice(q: Queries, resellerId: string, id: string): Promise<InvoiceRow | null> {
  const [row] = await q<InvoiceRow[]>`
    select ${invoiceColumns(q)} from ${invoiceTables(q)} where i.id = ${id} and ${visibleClient(q, resellerId)}`;
  return row ?? null;
}

/** The same of several, by their ids. */
export async function findInvoices(
  q: Queries,
  resellerId: string,
  ids: readonly string[],
): Promise<Map<string, InvoiceRow>> {
  const rows = await q<InvoiceRow[]>`
    select ${invoiceColumns(q)} from ${invoiceTables(q)}
    where i.id = any(${[...ids]}::bigint[]) and ${visibleClient(q, resellerId)}`;
  return new Map(rows.map((row) => [row.id, row]));
}

/** The invoice that a request created, so that it creates no other; null: none. */
export async function findInvoiceOfRequest(
  q: Queries,
  clientId: string,
  requestId: string,
): Promise<InvoiceRow | null> {
  const [row] = await q<InvoiceRow[]>`
    select ${invoiceColumns(q)} from ${invoiceTables(q)} where i.client_id = ${clientId} and i.request_id = ${requestId}`;
  return row ?? null;
}

export interface NewDraft {
  readonly clientId: string;
  readonly currency: string;
  readonly timezone: string;
  readonly periodStart: Date;
  readonly periodEnd: Date;
  readonly description: string | null;
  readonly review: boolean;
  readonly origin: InvoiceOrigin;
  /** of a draft that has the lines of an older invoice: up to where these reach */
  readonly range: { readonly from: InvoicedMark; readonly uptoSeq: bigint } | null;
  readonly replaces: string | null;
  readonly requestId: string | null;
  readonly createdBy: string;
  readonly createdAt: Date;
}

/** Returns the id. */
export async function insertDraft(tx: Transaction, draft: NewDraft): Promise<string> {
  const id = (await insertDrafts(tx, [draft])).get(draft.clientId);
  if (id === undefined) throw new TypeError('an inserted row is returned');
  return id;
}

/** Adds drafts of different clients; returns their ids by those of their clients. */
export async function insertDrafts(tx: Transaction, drafts: readonly NewDraft[]): Promise<Map<string, string>> {
  const rows = await tx<{ id: string; clientId: string }[]>`
    insert into invoices ${tx(drafts.map(draftColumns))} returning id, client_id as "clientId"`;
  return new Map(rows.map(({ id, clientId }) => [clientId, id]));
}

function draftColumns(draft: NewDraft) {
  const { range } = draft;
  return {
    client_id: draft.clientId,
    type: 'outgoing',
    currency: draft.currency,
    timezone: draft.timezone,
    period_start: draft.periodStart,
    period_end: draft.periodEnd,
    description: draft.description,
    review: draft.review,
    origin: draft.origin,
    from_end: range?.from.until === undefined || range.from.until === null ? null : new Date(range.from.until),
    from_seq: range?.from.seq.toString() ?? null,
    upto_seq: range?.uptoSeq.toString() ?? null,
    replaces: draft.replaces,
    request_id: draft.requestId,
    created_by: draft.createdBy,
    created_at: draft.createdAt,
  };
}

export interface DraftFields {
  readonly periodEnd: Date;
  readonly description: string | null;
  readonly review: boolean;
}

export async function updateDraftRow(tx: Transaction, id: string, fields: DraftFields): Promise<void> {
  await tx`
    update invoices set period_end = ${fields.periodEnd}, description = ${fields.description}, review = ${fields.review},
      version = version + 1
    where id = ${id}`;
}

export async function deleteDraftRows(tx: Transaction, ids: readonly string[]): Promise<void> {
  if (ids.length > 0) await tx`delete from invoices where id = any(${[...ids]}::bigint[])`;
}

export interface Issued {
  readonly sequenceId: string;
  readonly no: string;
  readonly noSeq: bigint;
  readonly timezone: string;
  readonly periodStart: Date;
  readonly net: Micros;
  readonly tax: Micros;
  readonly total: Micros;
  /** percent; null: no tax */
  readonly taxRate: string | null;
  readonly taxMode: TaxMode | null;
  readonly taxLabel: string | null;
  readonly taxNote: string | null;
  readonly issuedAt: Date;
}

interface IssuedPeriod {
  readonly dueOn: string;
  readonly overdueFrom: Date;
  readonly from: InvoicedMark;
  readonly uptoSeq: bigint;
}

export type IssuedDraft = Issued & IssuedPeriod & { readonly id: string };

export async function markIssued(tx: Transaction, drafts: readonly IssuedDraft[]): Promise<void> {
  const rows = drafts.map((issued) => ({
    ...issuedColumns(issued),
    id: issued.id,
    period_start: issued.periodStart.toISOString(),
    issued_at: issued.issuedAt.toISOString(),
    due_on: issued.dueOn,
    overdue_from: issued.overdueFrom.toISOString(),
    from_end: issued.from.until === null ? null : new Date(issued.from.until).toISOString(),
    from_seq: issued.from.seq.toString(),
    upto_seq: issued.uptoSeq.toString(),
  }));
  await tx`
    update invoices i set status = n.status, sequence_id = n.sequence_id, no = n.no, no_seq = n.no_seq,
      timezone = n.timezone, period_start = n.period_start, net = n.net, tax = n.tax, total = n.total,
      tax_rate = n.tax_rate, tax_mode = n.tax_mode, tax_label = n.tax_label, tax_note = n.tax_note,
      issued_at = n.issued_at, due_on = n.due_on, overdue_from = n.overdue_from, from_end = n.from_end,
      from_seq = n.from_seq, upto_seq = n.upto_seq, review = false, version = i.version + 1
    from jsonb_to_recordset(${tx.json(rows)}) as n (
      id bigint, status text, sequence_id bigint, no text, no_seq bigint, timezone text, period_start timestamptz,
      net numeric, tax numeric, total numeric, tax_rate numeric, tax_mode text, tax_label text, tax_note text,
      issued_at timestamptz, due_on date, overdue_from timestamptz, from_end timestamptz, from_seq bigint,
      upto_seq bigint)
    where i.id = n.id`;
}

function issuedColumns(issued: Issued) {
  return {
    status: 'issued',
    sequence_id: issued.sequenceId,
    no: issued.no,
    no_seq: issued.noSeq.toString(),
    timezone: issued.timezone,
    period_start: issued.periodStart,
    net: formatMoney(issued.net),
    tax: formatMoney(issued.tax),
    total: formatMoney(issued.total),
    tax_rate: issued.taxRate,
    tax_mode: issued.taxMode,
    tax_label: issued.taxLabel,
    tax_note: issued.taxNote,
    issued_at: issued.issuedAt,
  };
}

/** Issues a credit note for an invoice; returns its id. */
export async function insertCreditNote(
  tx: Transaction,
  invoice: Pick<InvoiceRow, 'id' | 'clientId' | 'currency' | 'periodEnd'>,
  note: Issued & { readonly description: string; readonly requestId: string; readonly createdBy: string },
): Promise<string> {
  const [row] = await tx<{ id: string }[]>`
    insert into invoices ${tx({
      ...issuedColumns(note),
      client_id: invoice.clientId,
      type: 'credit_note',
      currency: invoice.currency,
      period_end: invoice.periodEnd,
      description: note.description,
      credit_of: invoice.id,
      origin: 'manual',
      request_id: note.requestId,
      created_by: note.createdBy,
      created_at: note.issuedAt,
    })} returning id`;
  if (!row) throw new TypeError('an inserted row is returned');
  return row.id;
}

/** What credit notes have taken off an invoice, also where it was paid already. */
export async function sumCreditNotes(q: Queries, invoiceId: string): Promise<{ count: number; amount: Micros }> {
  const [row] = await q<{ count: number; amount: string }[]>`
    select count(*)::int as count, coalesce(sum(total), 0) as amount from invoices where credit_of = ${invoiceId}`;
  return { count: row?.count ?? 0, amount: moneyOf(row?.amount ?? '0') };
}

export async function markVoid(
  tx: Transaction,
  id: string,
  { reason, lines, at }: { readonly reason: string; readonly lines: VoidedLines; readonly at: Date },
): Promise<void> {
  await tx`
    update invoices set status = 'void', void_reason = ${reason}, void_lines = ${lines}, voided_at = ${at},
      version = version + 1
    where id = ${id}`;
}

/** The end of the client's latest invoice that is not void; null: there is none. */
export async function latestPeriodEnd(q: Queries, clientId: string): Promise<Date | null> {
  const [row] = await q<{ end: Date | null }[]>`
    select max(period_end) as end from invoices where client_id = ${clientId} and type = 'outgoing' and status = 'issued'`;
  return row?.end ?? null;
}
