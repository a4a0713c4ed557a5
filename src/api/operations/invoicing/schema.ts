import {
  invoiceState,
  invoiceStates,
  invoiceStatuses,
  invoiceTypes,
  isOverdue,
  paymentStatus,
  paymentStatuses,
} from '../../../domain/invoicing/payment-status.js';
import { taxModes } from '../../../domain/invoicing/totals.js';
import { DomainError } from '../../../domain/errors.js';
import { formatMoney, moneyOf } from '../../../domain/money.js';
import type { DraftContents } from '../../../services/invoicing/draft-contents.js';
import { lineKinds, type InvoiceLine } from '../../../storage/invoicing/invoice-contents.js';
import { emailStates, skipReasons, type InvoiceEmailRow } from '../../../storage/invoicing/invoice-emails.js';
import { invoiceOrigins, voidedLines, type InvoiceRow } from '../../../storage/invoicing/invoices.js';
import {
  currencyText,
  idText,
  instant,
  line,
  money,
  moneyText,
  orNull,
  pathId,
  timeOrNull,
  timeString,
  timeText,
} from '../../contract/schemas.js';
import { z } from '../../contract/zod.js';

export const invoiceParams = z.strictObject({ id: pathId });

/** A day of the client's zone. */
export const day = z
  .string()
  .regex(/^\d{4}-\d{2}-\d{2}$/, 'must be a date, such as "2026-03-01"')
  .refine(isRealDay, 'must be a date that exists, such as "2026-03-01"')
  .openapi({ type: 'string', format: 'date', example: '2026-03-01' });

function isRealDay(text: string): boolean {
  const date = new Date(`${text}T00:00:00Z`);
  return !Number.isNaN(date.getTime()) && date.toISOString().startsWith(text) && text >= '1970-01-01';
}

export const typedLines = z
  .array(
    z.strictObject({
      description: line(200),
      amount: money().openapi({ description: 'Above 0: owed; below 0: a discount' }),
    }),
  )
  .max(100)
  .openapi({
    description:
      'Lines by hand besides the charges of the period. When the invoice is issued, they are posted to the ledger',
  });

/** @throws DomainError `invalid` for a line of 0 */
export function typedLinesInput(
  lines: z.output<typeof typedLines>,
): { readonly description: string; readonly amount: bigint }[] {
  return lines.map(({ description, amount }, index) => {
    if (moneyOf(amount) === 0n) throw new DomainError('invalid', 'must not be 0', `/lines/${index}/amount`);
    return { description, amount: moneyOf(amount) };
  });
}

export const draftFields = {
  periodEnd: instant.openapi({
    description:
      'The invoice has the charges and adjustments up to here that no earlier invoice has. Cut to the whole second; ' +
      'not in the future',
  }),
  description: line(500)
    .nullable()
    .openapi({ type: ['string', 'null'] }),
  review: z.boolean().openapi({ description: 'A person must check the draft before it is issued' }),
  lines: typedLines,
};

const fields = {
  id: idText,
  type: z.enum(invoiceTypes),
  no: z.string().nullable().openapi({ description: 'Given when it is issued', example: 'INV-000042' }),
  status: z.enum(invoiceStatuses),
  state: z.enum(invoiceStates).openapi({
    description: '`void`, `draft`, else `overdue`, else the payment status',
  }),
  paymentStatus: orNull(z.enum(paymentStatuses)).openapi({ description: 'null: a draft, or void' }),
  overdue: z
    .boolean()
    .openapi({ description: 'Something is outstanding after the due date, in the invoice’s time zone' }),
  review: z.boolean(),
  clientId: idText,
  clientName: z.string(),
  resellerId: idText.openapi({ description: 'Of the client' }),
  resellerName: z.string(),
  currency: currencyText,
  periodStart: timeString,
  periodEnd: timeString.openapi({ description: 'Not included' }),
  timezone: z.string().openapi({ description: 'Of the client when it was issued', example: 'Europe/Kyiv' }),
  description: z.string().nullable(),
  net: moneyText.nullable().openapi({ description: 'null: a draft in a list' }),
  tax: moneyText.nullable(),
  total: moneyText.nullable(),
  taxRate: z.string().nullable().openapi({ description: 'Percent; null: no tax', example: '19.00' }),
  taxMode: orNull(z.enum(taxModes)),
  taxLabel: z.string().nullable(),
  taxNote: z.string().nullable(),
  issuedAt: timeString.nullable(),
  dueOn: z
    .string()
    .nullable()
    .openapi({ format: 'date', description: 'In the invoice’s time zone', example: '2026-03-15' }),
  paid: moneyText,
  credited: moneyText.openapi({ description: 'Settled by credit notes' }),
  outstanding: moneyText.openapi({ description: 'total - paid - credited; 0 where it is not payable' }),
  origin: z.enum(invoiceOrigins).openapi({ description: '`auto`: by autoinvoicing; `manual`: by hand' }),
  replaces: idText.nullable().openapi({ description: 'The void invoice that it replaces' }),
  replacedBy: idText.nullable(),
  creditOf: idText.nullable().openapi({ description: 'Of a credit note: the invoice that it lowers' }),
  voidReason: z.string().nullable(),
  voidedAt: timeString.nullable(),
  voidLines: orNull(z.enum(voidedLines)).openapi({ description: 'Where its lines went' }),
  emailState: orNull(z.enum(emailStates)).openapi({
    description:
      'Of the email that has its PDF attached: `to_send`: a worker sends it soon; `not_sent`: it is not needed, or has no ' +
      'recipient; else as deliveries are. null: a draft',
  }),
  createdAt: timeString,
  version: z.int(),
};

export const invoiceSchema = z.strictObject(fields).openapi('Invoice');

export const lineSchema = z
  .strictObject({
    kind: z.enum(lineKinds).openapi({
      description:
        '`charges` of the period; `earlier`: charges of earlier periods, recorded late; `adjustments`; `typed`: by hand',
    }),
    description: z.string().nullable(),
    entries: z.int().nullable().openapi({ description: 'Ledger entries; null: not posted yet' }),
    amount: moneyText.openapi({ description: 'Exact; above 0: owed' }),
  })
  .openapi('InvoiceLine');

export const allocationSchema = z
  .strictObject({
    id: idText,
    at: timeString,
    amount: moneyText,
    currency: currencyText,
    paymentId: z.string().nullable().openapi({ description: 'The payment that was used', example: 'pay-2026-000117' }),
    paymentEntryId: idText.nullable(),
    creditNoteId: idText.nullable().openapi({ description: 'A credit note, or an invoice whose total is below 0' }),
    creditNoteNo: z.string().nullable(),
    invoiceId: idText.nullable(),
    invoiceNo: z.string().nullable(),
    refundId: z.string().nullable().openapi({ description: 'The refund for which it was used' }),
  })
  .openapi('Allocation');

const emailSchema = z
  .strictObject({
    kind: z.enum(['invoice', 'invoice_reminder', 'invoice_overdue']),
    days: z.int().openapi({ description: 'Of a reminder: days before or after the due date' }),
    state: z.enum(emailStates),
    skipReason: orNull(z.enum(skipReasons)).openapi({
      description: 'Why it is not sent: no billing email, the invoice is void, or nothing is outstanding any more',
    }),
    dueAt: timeString.openapi({ description: 'From when it can be sent' }),
    to: z.string().nullable(),
    notificationId: idText.nullable(),
    deliveryId: idText.nullable().openapi({ description: 'To resend it: POST /v1/deliveries/{id}/resend' }),
    acceptedAt: timeString.nullable(),
    nextAttemptAt: timeString.nullable(),
  })
  .openapi('InvoiceEmail');

export const invoiceDetailSchema = z
  .strictObject({
    ...fields,
    lines: z.array(lineSchema),
    allocations: z
      .array(allocationSchema)
      .openapi({ description: 'What has settled it; of a credit note, what it has settled' }),
    emails: z.array(emailSchema).openapi({ description: 'The email with its PDF, and reminders' }),
    creditNotes: z.array(z.strictObject({ id: idText, no: z.string(), total: moneyText, issuedAt: timeString })),
  })
  .openapi('InvoiceDetail');

/** @param contents of a draft that is shown alone: what it would be if it were issued now */
export function invoiceJson(
  row: InvoiceRow,
  now: number,
  contents: Pick<DraftContents, 'net' | 'tax' | 'total'> | null = null,
): z.output<typeof invoiceSchema> {
  const settled = {
    type: row.type,
    status: row.status,
    total: moneyOf(row.total),
    outstanding: moneyOf(row.outstanding),
    overdueFrom: row.overdueFrom?.getTime() ?? null,
  };
  const isDraft = row.status === 'draft';
  const amount = (stored: string, name: 'net' | 'tax' | 'total'): string | null => {
    if (!isDraft) return text(stored);
    return contents && formatMoney(contents[name]);
  };
  return {
    id: row.id,
    type: row.type,
    no: row.no,
    status: row.status,
    state: invoiceState(settled, now),
    paymentStatus: paymentStatus(settled),
    overdue: isOverdue(settled, now),
    review: row.review,
    clientId: row.clientId,
    clientName: row.clientName,
    resellerId: row.ownerId,
    resellerName: row.ownerName,
    currency: row.currency,
    periodStart: timeText(row.periodStart),
    periodEnd: timeText(row.periodEnd),
    timezone: row.timezone,
    description: row.description,
    net: amount(row.net, 'net'),
    tax: amount(row.tax, 'tax'),
    total: amount(row.total, 'total'),
    taxRate: row.taxRate && text(row.taxRate),
    taxMode: row.taxMode,
    taxLabel: row.taxLabel,
    taxNote: row.taxNote,
    issuedAt: timeOrNull(row.issuedAt),
    dueOn: row.dueOn,
    paid: text(row.paid),
    credited: text(row.credited),
    outstanding: text(row.outstanding),
    origin: row.origin,
    replaces: row.replaces,
    replacedBy: row.replacedBy,
    creditOf: row.creditOf,
    voidReason: row.voidReason,
    voidedAt: timeOrNull(row.voidedAt),
    voidLines: row.voidLines,
    emailState: row.emailState,
    createdAt: timeText(row.createdAt),
    version: row.version,
  };
}

export function lineJson({ kind, description, entries, amount }: InvoiceLine): z.output<typeof lineSchema> {
  return { kind, description, entries, amount: formatMoney(amount) };
}

export function emailJson(row: InvoiceEmailRow): z.output<typeof emailSchema> {
  return {
    kind: row.kind,
    days: row.days,
    state: row.state,
    skipReason: row.skipReason,
    dueAt: timeText(row.createdAt),
    to: row.recipient,
    notificationId: row.notificationId,
    deliveryId: row.deliveryId,
    acceptedAt: timeOrNull(row.acceptedAt),
    nextAttemptAt: timeOrNull(row.nextAttemptAt),
  };
}

export function text(stored: string): string {
  return formatMoney(moneyOf(stored));
}
