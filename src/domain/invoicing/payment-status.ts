import type { Micros } from '../money.js';

export const invoiceTypes = ['outgoing', 'credit_note'] as const;
export type InvoiceType = (typeof invoiceTypes)[number];
export const invoiceStatuses = ['draft', 'issued', 'void'] as const;
export type InvoiceStatus = (typeof invoiceStatuses)[number];
export const paymentStatuses = ['unpaid', 'partly_paid', 'paid', 'not_payable'] as const;
export type PaymentStatus = (typeof paymentStatuses)[number];
/** One word for people. */
export const invoiceStates = ['draft', 'void', 'overdue', ...paymentStatuses] as const;
export type InvoiceState = (typeof invoiceStates)[number];

interface Settled {
  readonly type: InvoiceType;
  readonly status: InvoiceStatus;
  readonly total: Micros;
  /** by payments and credit notes */
  readonly outstanding: Micros;
  /** ms since 1970; null: not issued */
  readonly overdueFrom: number | null;
}

/** Null: a draft is not to be paid yet, a void one not any more. An invoice of 0 or less is paid by no one. */
export function paymentStatus(invoice: Settled): PaymentStatus | null {
  const { type, status, total, outstanding } = invoice;
  if (status !== 'issued') return null;
  if (type === 'credit_note' || total <= 0n) return 'not_payable';
  if (outstanding === 0n) return 'paid';
  return outstanding === total ? 'unpaid' : 'partly_paid';
}

/** From the day after the due date on, in the invoice's own zone. */
export function isOverdue({ outstanding, overdueFrom }: Settled, now: number): boolean {
  return outstanding > 0n && overdueFrom !== null && now >= overdueFrom;
}

export function invoiceState(invoice: Settled, now: number): InvoiceState {
  if (invoice.status === 'void') return 'void';
  if (isOverdue(invoice, now)) return 'overdue';
  return paymentStatus(invoice) ?? 'draft';
}
