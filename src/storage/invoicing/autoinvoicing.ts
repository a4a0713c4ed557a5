import type { PendingQuery } from 'postgres';
import type { AutoinvoicingTerms } from '../../domain/invoicing/autoinvoicing.js';
import type { Queries, Transaction } from '../system/database.js';
import { resolveOpenEvents } from '../events/resolve-event.js';
import { raiseEvent } from '../events/raise-event.js';
import { readTermsOfClients } from './invoicing-account.js';

/** How the periods of a client that is invoiced without being asked for are found. */
export interface Autoinvoicing extends AutoinvoicingTerms {
  /** a period without lines gets an invoice, too */
  readonly issueEmpty: boolean;
}

/** Those of the clients that are invoiced without being asked for. Call it with their balance rows locked. */
export async function readAutoinvoicing(q: Queries, clientIds: readonly string[]): Promise<Map<string, Autoinvoicing>> {
  const rows = await q<{ clientId: string; zone: string; delayHours: number; issueEmpty: boolean }[]>`
    select c.id as "clientId", c.timezone as zone, c.autoinvoicing_delay_hours as "delayHours", s.issue_empty_invoices as "issueEmpty"
    from clients c cross join installation_settings s
    where c.id = any(${[...clientIds]}::bigint[]) and c.autoinvoicing and c.status <> 'deleted'`;
  const termsOf = await readTermsOfClients(q, clientIds);
  return new Map(
    rows.flatMap(({ clientId, ...row }) => {
      const terms = termsOf.get(clientId)?.terms;
      return terms ? [[clientId, { terms, ...row }]] : [];
    }),
  );
}

/** How long a client that a run has refused, or whose run was canceled, is left out of the next ones. */
const retryHours = 1;

/** Clients with a period to invoice that no run is about to do, those that wait longest first. */
export async function readDueClients(q: Queries, now: Date, limit: number): Promise<string[]> {
  const rows = await dueClients(q, now, limit);
  return rows.map(({ id }) => id);
}

/** The statement of `readDueClients`. */
export function dueClients(q: Queries, now: Date, limit: number): PendingQuery<{ readonly id: string }[]> {
  return q<{ id: string }[]>`
    select b.client_id as id from balances b
    where b.next_invoice_at <= ${now}
      and not exists (
        select 1 from job_rows w join jobs j on j.id = w.job_id
        where w.client_id = b.client_id and j.kind = 'autoinvoicing'
          and (w.outcome = 'pending' or w.outcome in ('refused', 'failed', 'canceled')
            and w.ended_at > ${now}::timestamptz - ${retryHours} * interval '1 hour'))
    order by b.next_invoice_at, b.client_id limit ${limit}`;
}

/** One run is started at a time, so that no client is in two of them. Held until the transaction ends. */
export async function lockInvoicingRuns(tx: Transaction): Promise<void> {
  await tx`select pg_advisory_xact_lock(hashtextextended('invoicing run', 0))`;
}

/** Raises `invoice.too_many_missed` for a client of which nothing was invoiced. */
export async function raiseTooManyMissed(
  tx: Transaction,
  clientId: string,
  { since, now }: { readonly since: Date; readonly now: number },
): Promise<void> {
  const [client] = await tx<{ name: string }[]>`select name from clients where id = ${clientId}`;
  await raiseEvent(tx, {
    kind: 'invoice.too_many_missed',
    cause: clientId,
    subjectId: clientId,
    clientId,
    resellerId: null,
    data: { client: client?.name ?? clientId, since: since.toISOString() },
    atMs: now,
  });
}

/** The clients are invoiced again, or count as invoiced up to another day. */
export async function resolveTooManyMissed(tx: Transaction, clientIds: readonly string[], now: number): Promise<void> {
  const resolution = { reason: 'What is invoiced of the client has moved', at: new Date(now) };
  await resolveOpenEvents(tx, { kind: 'invoice.too_many_missed', cause: clientIds }, resolution);
}
