import { Context } from '@temporalio/activity';
import type { DueInvoicesReport } from '../../contract/fleet.js';
import { dueReminder } from '../../domain/invoicing/reminders.js';
import {
  raiseOverdue,
  readReminderCandidates,
  resolveOverdue,
  type CandidatePlace,
} from '../../storage/invoicing/due-invoices.js';
import { insertInvoiceEmails } from '../../storage/invoicing/invoice-emails.js';
import type { Sql } from '../../storage/system/database.js';
import type { ActivityDeps } from '../deps.js';
import { withFailures } from '../failures.js';

const pageSize = 500;

/** Reminders around due dates, and invoices that became overdue, for a Temporal Schedule. */
export function dueInvoiceActivities({ sql }: ActivityDeps) {
  return {
    dueInvoices: (): Promise<DueInvoicesReport> =>
      withFailures('dueInvoices', () => handleDueInvoices(sql, Date.now(), () => Context.current().heartbeat())),
  };
}

/**
 * Writes the reminders that are due, each once for an invoice, and raises an event for each invoice that became overdue.
 * Harmless to repeat: what was written stays.
 */
export async function handleDueInvoices(sql: Sql, now: number, beat: () => void): Promise<DueInvoicesReport> {
  const at = new Date(now);
  let reminders = 0;
  let after: CandidatePlace | null = null;
  for (;;) {
    const page = await readReminderCandidates(sql, at, after, pageSize);
    const due = page.flatMap(({ invoiceId, dueOn, timezone, issuedAt, offset }) => {
      const reminder = dueReminder({ dueOn, timezone, issuedAt: issuedAt.getTime() }, offset, now);
      return reminder ? [{ invoiceId, ...reminder, at }] : [];
    });
    reminders += await insertInvoiceEmails(sql, due);
    beat();
    after = page.at(-1) ?? null;
    if (page.length < pageSize) break;
  }
  let overdue = 0;
  for (let found = pageSize; found === pageSize; beat()) {
    found = await raiseOverdue(sql, at, pageSize);
    overdue += found;
  }
  await resolveOverdue(sql, at);
  return { reminders, overdue };
}
