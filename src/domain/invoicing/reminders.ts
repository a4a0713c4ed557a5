import { dayMs } from '../durations.js';
import type { InvoiceEmailKind } from '../notifications/mail-kinds.js';
import { addDays, localTime } from './local-days.js';

/** Reminders of a due date are due at 9:00 in the time zone of the invoice. */
const reminderHour = 9;
/** One that was missed for longer, because no worker ran, is not sent. */
const maxLatenessMs = dayMs;

export interface Reminder {
  readonly kind: Exclude<InvoiceEmailKind, 'invoice'>;
  /** before the due date, or after it */
  readonly days: number;
}

/**
 * The reminder that is due now; null: it is not due yet, it is too late, or the invoice was issued after it.
 *
 * @param offset days after the due date; below 0: before it
 */
export function dueReminder(
  invoice: { readonly dueOn: string; readonly timezone: string; readonly issuedAt: number },
  offset: number,
  now: number,
): Reminder | null {
  const at = localTime(addDays(invoice.dueOn, offset), reminderHour, invoice.timezone);
  if (at > now || now - at > maxLatenessMs || at < invoice.issuedAt) return null;
  return offset < 0 ? { kind: 'invoice_reminder', days: -offset } : { kind: 'invoice_overdue', days: offset };
}
