import { formatMoneyFor, moneyOf } from '../../domain/money.js';
import type { Queries, Sql } from '../system/database.js';
import { raiseEvents } from '../events/raise-event.js';

/** What the Schedule of invoices finds: reminders around due dates, and invoices that became overdue. */

export interface ReminderCandidate {
  readonly invoiceId: string;
  readonly dueOn: string;
  readonly timezone: string;
  readonly issuedAt: Date;
  /** days after the due date; below 0: before it */
  readonly offset: number;
}

/** Where a page of candidates ends. */
export type CandidatePlace = Pick<ReminderCandidate, 'invoiceId' | 'offset'>;

/**
 * Outstanding invoices with the reminders of their clients' payment terms that may be due around an instant in some zone
 * and were not written before.
 */
export async function readReminderCandidates(
  q: Queries,
  at: Date,
  after: CandidatePlace | null,
  limit: number,
): Promise<ReminderCandidate[]> {
  return q<ReminderCandidate[]>`
    with offsets as (
      select distinct o.days from payment_terms t
      cross join lateral (select -unnest(t.remind_before) union select unnest(t.remind_after)) o (days)
    )
    select i.id as "invoiceId", to_char(i.due_on, 'YYYY-MM-DD') as "dueOn", i.timezone, i.issued_at as "issuedAt",
      o.days as offset
    from offsets o
    join invoices i on i.outstanding > 0
      and i.due_on between (${at}::timestamptz at time zone 'UTC')::date - 3 - o.days
        and (${at}::timestamptz at time zone 'UTC')::date + 1 - o.days
    join clients c on c.id = i.client_id
    join payment_terms t on t.id = c.payment_terms_id
    where case when o.days < 0 then -o.days = any (t.remind_before) else o.days = any (t.remind_after) end
      and not exists (
        select 1 from invoice_emails e
        where e.invoice_id = i.id and e.days = abs(o.days)
          and e.kind = case when o.days < 0 then 'invoice_reminder' else 'invoice_overdue' end)
      and (${after?.invoiceId ?? null}::bigint is null
        or (i.id, o.days) > (${after?.invoiceId ?? null}::bigint, ${after?.offset ?? null}::integer))
    order by i.id, o.days limit ${limit}`;
}

/** Says once of each invoice that it is overdue; returns how many of them were found. */
export async function raiseOverdue(sql: Sql, at: Date, limit: number): Promise<number> {
  return sql.begin(async (tx) => {
    const rows = await tx<
      {
        id: string;
        clientId: string;
        client: string;
        no: string;
        outstanding: string;
        currency: string;
        dueOn: string;
      }[]
    >`
      update invoices i set overdue_raised = true
      from clients c
      where c.id = i.client_id and i.id in (
        select id from invoices where outstanding > 0 and not overdue_raised and overdue_from <= ${at}
        order by overdue_from limit ${limit} for no key update skip locked)
      returning i.id, i.client_id as "clientId", c.name as client, i.no, i.outstanding, i.currency,
        to_char(i.due_on, 'YYYY-MM-DD') as "dueOn"`;
    await raiseEvents(
      tx,
      rows.map(({ id, clientId, client, no, outstanding, currency, dueOn }) => ({
        kind: 'invoice.overdue',
        cause: id,
        subjectId: id,
        clientId,
        resellerId: null,
        data: { client, invoice: no, outstanding: formatMoneyFor(moneyOf(outstanding), currency), currency, dueOn },
        atMs: at.getTime(),
      })),
    );
    return rows.length;
  });
}

/** Resolves the events of invoices of which nothing is outstanding any more. */
export async function resolveOverdue(q: Queries, at: Date): Promise<void> {
  await q`
    update events e set resolved_at = greatest(${at}, e.first_at), resolved_by = 'system',
      resolved_reason = 'nothing is outstanding'
    from invoices i
    where e.kind = 'invoice.overdue' and e.resolved_at is null and i.outstanding = 0
      and i.id = case when e.kind = 'invoice.overdue' then e.subject_id::bigint end`;
}
