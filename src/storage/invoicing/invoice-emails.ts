import type { Fragment } from 'postgres';
import type { InvoiceType } from '../../domain/invoicing/payment-status.js';
import type { InvoiceEmailKind } from '../../domain/notifications/mail-kinds.js';
import type { Queries } from '../system/database.js';

/**
 * Emails about invoices that wait to be sent: a row each, written in the transaction that issues the invoice, or when a
 * reminder is due. A worker writes the notification with its deliveries of each row once, and sends these.
 */

/** Why an email is not sent: the client has no billing email; the invoice is void; nothing is outstanding any more. */
export const skipReasons = ['no_recipients', 'void', 'settled'] as const;
export type SkipReason = (typeof skipReasons)[number];

/** Of an email; the last five are those of its notification. */
export const emailStates = ['to_send', 'not_sent', 'sending', 'retrying', 'accepted', 'failed', 'uncertain'] as const;
export type EmailState = (typeof emailStates)[number];

export interface NewInvoiceEmail {
  readonly invoiceId: string;
  readonly kind: InvoiceEmailKind;
  /** of a reminder: before or after the due date; 0: the invoice itself */
  readonly days: number;
  readonly at: Date;
}

/** Adds emails that wait to be sent; those that were written before stay as they are. Returns how many are new. */
export async function insertInvoiceEmails(q: Queries, emails: readonly NewInvoiceEmail[]): Promise<number> {
  if (emails.length === 0) return 0;
  const rows = emails.map(({ invoiceId, kind, days, at }) => ({
    ...{ invoice_id: invoiceId, kind, days },
    next_attempt_at: at,
    created_at: at,
  }));
  const written = await q`
    insert into invoice_emails ${q(rows)} on conflict (invoice_id, kind, days) do nothing returning id`;
  return written.length;
}

/** An email that a worker has claimed. */
export interface InvoiceEmail {
  readonly id: string;
  readonly invoiceId: string;
  readonly clientId: string;
  readonly kind: InvoiceEmailKind;
  readonly days: number;
  readonly createdAt: Date;
  /** how often it was claimed; also fences: only the latest claim may end it */
  readonly attempts: number;
}

/**
 * Claims the email that has waited longest for so long; null: none is due. Those of one invoice are sent one after the
 * other, in the order in which they became due: no one reads "due" after "overdue".
 */
export async function claimInvoiceEmail(q: Queries, minutes: number): Promise<InvoiceEmail | null> {
  const [row] = await q<InvoiceEmail[]>`
    update invoice_emails e set attempts = attempts + 1, next_attempt_at = now() + ${minutes} * interval '1 minute'
    from invoices i
    where i.id = e.invoice_id and e.id = (
      select w.id from invoice_emails w where w.status = 'waiting' and w.next_attempt_at <= now()
        and not exists (select from invoice_emails before
          where before.invoice_id = w.invoice_id and before.id < w.id and before.status = 'waiting')
      order by w.next_attempt_at, w.id limit 1 for update of w skip locked)
    returning e.id, e.invoice_id as "invoiceId", i.client_id as "clientId", e.kind, e.days, e.created_at as "createdAt",
      e.attempts`;
  return row ?? null;
}

type Claim = Pick<InvoiceEmail, 'id' | 'attempts'>;

/** Says which notification the email is. Also a later claim keeps it. */
export async function setInvoiceNotification(q: Queries, { id }: Claim, notificationId: string): Promise<void> {
  await q`update invoice_emails set notification_id = ${notificationId} where id = ${id}`;
}

export async function postponeInvoiceEmail(q: Queries, { id, attempts }: Claim, seconds: number): Promise<void> {
  await q`
    update invoice_emails set next_attempt_at = now() + ${seconds} * interval '1 second'
    where id = ${id} and attempts = ${attempts} and status = 'waiting'`;
}

/** @param skipReason null: its deliveries have ended, however they did */
export async function endInvoiceEmail(
  q: Queries,
  { id, attempts }: Claim,
  skipReason: SkipReason | null,
): Promise<void> {
  await q`
    update invoice_emails set status = ${skipReason === null ? 'ended' : 'skipped'}, skip_reason = ${skipReason}
    where id = ${id} and attempts = ${attempts} and status = 'waiting'`;
}

/** Of `invoice_emails e` and `notifications n`, which may be missing. */
function emailState(q: Queries): Fragment {
  return q`case when e.status = 'skipped' then 'not_sent' when n.status = 'pending' then 'sending'
    else coalesce(n.status, 'to_send') end`;
}

/** How the email with the invoice `i` is; null: it is not issued. */
export function invoiceEmailState(q: Queries): Fragment {
  return q`(select ${emailState(q)} from invoice_emails e left join notifications n on n.id = e.notification_id
    where e.invoice_id = i.id and e.kind = 'invoice')`;
}

export interface InvoiceEmailRow {
  readonly kind: InvoiceEmailKind;
  readonly days: number;
  readonly createdAt: Date;
  readonly state: EmailState;
  readonly skipReason: SkipReason | null;
  readonly notificationId: string | null;
  readonly deliveryId: string | null;
  readonly recipient: string | null;
  readonly acceptedAt: Date | null;
  readonly nextAttemptAt: Date | null;
}

/** The emails about an invoice, in the order in which they became due. */
export async function readInvoiceEmails(q: Queries, invoiceId: string): Promise<InvoiceEmailRow[]> {
  return q<InvoiceEmailRow[]>`
    select e.kind, e.days, e.created_at as "createdAt", ${emailState(q)} as state, e.skip_reason as "skipReason",
      e.notification_id as "notificationId", d.id as "deliveryId", d.recipient, d.accepted_at as "acceptedAt",
      d.next_attempt_at as "nextAttemptAt"
    from invoice_emails e
    left join notifications n on n.id = e.notification_id
    left join deliveries d on d.notification_id = n.id and d.position = 0
    where e.invoice_id = ${invoiceId} order by e.created_at, e.id`;
}

/** What an email says about its invoice. */
export interface InvoiceMailFacts {
  readonly type: InvoiceType;
  readonly status: 'issued' | 'void';
  readonly no: string;
  readonly currency: string;
  readonly timezone: string;
  readonly periodStart: Date;
  readonly periodEnd: Date;
  readonly description: string | null;
  readonly total: string;
  readonly outstanding: string;
  readonly issuedAt: Date;
  readonly dueOn: string | null;
  readonly overdueFrom: Date | null;
  /** of the invoice's template; null: that of the email's template */
  readonly subject: string | null;
}

export async function readInvoiceMailFacts(q: Queries, invoiceId: string): Promise<InvoiceMailFacts | null> {
  const [row] = await q<InvoiceMailFacts[]>`
    select i.type, i.status, i.no, i.currency, i.timezone, i.period_start as "periodStart", i.period_end as "periodEnd",
      i.description, i.total, i.outstanding, i.issued_at as "issuedAt", to_char(i.due_on, 'YYYY-MM-DD') as "dueOn",
      i.overdue_from as "overdueFrom", d.subject
    from invoices i left join invoice_documents d on d.invoice_id = i.id
    where i.id = ${invoiceId} and i.status <> 'draft'`;
  return row ?? null;
}
