import { autoinvoiceClients, type AutoinvoiceOutcome } from '../../../src/services/invoicing/autoinvoice-clients.js';
import { recordEntry } from '../../../src/services/ledger/record-entries.js';
import { requesterAt } from '../data/requester.js';
import { database, entry, newClient, operator } from '../ledger/ledger-database.js';

/** Clients that are invoiced without being asked for, on the database of tests of the ledger. */

export type TermsWish = { readonly graceDays?: number } & (
  { readonly mode: 'every'; readonly days: number } | { readonly mode: 'on'; readonly day: number }
);

let serial = 0;

export async function newTerms(wish: TermsWish): Promise<string> {
  const { mode, graceDays = 0 } = wish;
  const [row] = await database.sql<{ id: string }[]>`
    insert into payment_terms (reseller_id, name, mode, days, day, grace_days)
    values (${operator}, ${`terms ${++serial}`}, ${mode}, ${mode === 'every' ? wish.days : null},
      ${mode === 'on' ? Math.min(wish.day, 28) : null}, ${graceDays})
    returning id`;
  return row?.id ?? '';
}

export interface InvoicedWish {
  readonly terms?: TermsWish;
  readonly zone?: string;
  readonly createdAt?: string;
  readonly lastInvoicedAt?: string;
  readonly delayHours?: number;
}

/** By default created at the beginning of March 2026 in Kyiv, with 7/7. */
export async function invoicedClient(wish: InvoicedWish = {}): Promise<string> {
  const { zone = 'Europe/Kyiv', createdAt = '2026-02-28T22:00:00Z', delayHours = 6, lastInvoicedAt } = wish;
  const id = await newClient();
  const terms = await newTerms(wish.terms ?? { mode: 'every', days: 7, graceDays: 7 });
  await database.sql`
    update clients set payment_terms_id = ${terms}, timezone = ${zone}, created_at = ${createdAt}, autoinvoicing = true,
      autoinvoicing_delay_hours = ${delayHours}
    where id = ${id}`;
  if (lastInvoicedAt !== undefined) {
    await database.sql`update balances set invoiced_until = ${lastInvoicedAt}, periods_from = ${lastInvoicedAt} where client_id = ${id}`;
  }
  return id;
}

export async function charge(clientId: string, amount: string, at: string): Promise<void> {
  await recordEntry(requesterAt(database.sql), entry(clientId, 'charge', `-${amount}`, { occurredAt: Date.parse(at) }));
}

/** The run of one client at an instant, as its row in a job. */
export async function run(clientId: string, at: string): Promise<AutoinvoiceOutcome> {
  const [outcome] = await autoinvoiceClients(requesterAt(database.sql, Date.parse(at)), [clientId]);
  if (!outcome) throw new Error('a client that was invoiced has no outcome');
  return outcome;
}

/** `period start, period end, total, due date` of the client's invoices, the oldest first. */
export async function invoicesOf(clientId: string): Promise<string[]> {
  const rows = await database.sql<{ start: Date; end: Date; total: string; due: string }[]>`
    select period_start as start, period_end as "end", total::numeric(24, 2)::text as total, due_on::text as due
    from invoices where client_id = ${clientId} and status = 'issued' order by issued_at, no_seq`;
  return rows.map(({ start, end, total, due }) => `${instant(start)} ${instant(end)} ${total} ${due}`);
}

export async function nextInvoiceAt(clientId: string): Promise<string | null> {
  const [row] = await database.sql<{ at: Date | null }[]>`
    select next_invoice_at as at from balances where client_id = ${clientId}`;
  return row?.at ? instant(row.at) : null;
}

function instant(date: Date): string {
  return date.toISOString().replace(':00.000Z', 'Z');
}
