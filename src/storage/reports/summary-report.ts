import type { Fragment, PendingQuery } from 'postgres';
import type { Queries } from '../system/database.js';
import type { ListQuery } from '../system/paging.js';
import { subtree, visibleClients } from '../system/tenancy.js';

export const reportPeriods = ['day', 'week', 'month'] as const;
export const reportGroups = ['client', 'reseller'] as const;

export interface SummaryReport {
  readonly by: (typeof reportPeriods)[number];
  readonly per: (typeof reportGroups)[number];
  /** whose days they are; null: of each client its own, and per reseller those of the reseller */
  readonly timezone: string | null;
  /** first and last day, `2026-03-01` */
  readonly from: string;
  readonly to: string;
  readonly clientId: string | null;
  /** with sub-resellers */
  readonly resellerId: string | null;
  readonly currency: string | null;
}

/** What was moved; amounts as PostgreSQL writes them, all of them above zero where the usual happened. */
export interface SummaryAmounts {
  readonly currency: string;
  readonly clients: number;
  readonly charges: string;
  readonly payments: string;
  /** refunds and reversals of payments */
  readonly refunds: string;
  readonly invoices: string;
  readonly creditNotes: string;
  /** temporary credit that began */
  readonly credit: string;
}

/** The clients of one row: one client, or all of a reseller in one currency. */
export interface SummaryRow extends SummaryAmounts {
  readonly id: string;
  /** first day of the period, `2026-03-01` */
  readonly period: string;
  readonly clientId: string | null;
  readonly clientName: string | null;
  readonly ownerId: string;
  readonly ownerName: string;
}

export const summarySorts = ['period', 'name', 'charges', 'payments', 'invoices', 'credit'] as const;

export function summaryReportList(
  q: Queries,
  withinId: string,
  report: SummaryReport,
): ListQuery<SummaryRow, (typeof summarySorts)[number]> {
  const isClient = report.per === 'client';
  const subject = isClient ? q`c.id` : q`r.id`;
  const rows = q`
    select ${rowId(q)} as id, g.* from (
      select m.period, ${subject} as subject, ${isClient ? q`c.name` : q`r.name`} as name,
        ${isClient ? q`c.id` : q`null::bigint`} as "clientId", r.id as "ownerId", r.name as "ownerName", ${amounts(q)}
      from ${moved(q, withinId, report)} group by 1, 2, 3, 4, 5, 6, c.currency
    ) g`;
  return {
    columns: {
      id: { expression: q`s.id`, type: 'bigint' },
      // As an instant, in UTC.
      period: { expression: q`(s.period::timestamp at time zone 'UTC')`, type: 'timestamptz' },
      name: { expression: q`lower(s.name)`, type: 'text' },
      charges: { expression: q`s.charges`, type: 'numeric' },
      payments: { expression: q`s.payments`, type: 'numeric' },
      invoices: { expression: q`s.invoices`, type: 'numeric' },
      credit: { expression: q`s.credit`, type: 'numeric' },
    },
    select: ({ within, orderBy, limit, position }) => q`
      select s.id, to_char(s.period, 'YYYY-MM-DD') as period, s."clientId",
        case when s."clientId" is not null then s.name end as "clientName", s."ownerId", s."ownerName", s.currency,
        s.clients, s.charges, s.payments, s.refunds, s.invoices, s."creditNotes", s.credit, ${position} as position
      from (${rows}) s where ${within} order by ${orderBy} limit ${limit}`,
    count: () => q`select count(*)::int as total from (${rows}) s`,
  };
}

/** What all rows add up to, in each currency. */
export function sumSummary(q: Queries, withinId: string, report: SummaryReport): PendingQuery<SummaryAmounts[]> {
  return q<SummaryAmounts[]>`
    select ${amounts(q)} from ${moved(q, withinId, report)} group by c.currency order by c.currency`;
}

function amounts(q: Queries): Fragment {
  return q`c.currency, count(distinct c.id)::int as clients, sum(m.charges) as charges, sum(m.payments) as payments,
    sum(m.refunds) as refunds, sum(m.invoices) as invoices, sum(m.credit_notes) as "creditNotes", sum(m.credit) as credit`;
}

/** One number for subject, period, and currency, which no two rows have in common. */
function rowId(q: Queries): Fragment {
  const letter = (place: number): Fragment => q`(ascii(substr(g.currency, ${place}::int, 1)) - 65)`;
  return q`((g.subject * 100000 + (g.period - date '1970-01-01')) * 17576
    + ${letter(1)} * 676 + ${letter(2)} * 26 + ${letter(3)})`;
}

/**
 * What moved in each period, of the clients that the caller sees: `m`, with `clients c` and the reseller `r` of the client.
 * Charges come from the sums by day of the client's zone, and where the report has the days of another zone, from the
 * ledger; the others, of which there are few, from indexes by time. Each part is limited to the clients of the report, so
 * that the days of all others are not read.
 */
function moved(q: Queries, withinId: string, report: SummaryReport): Fragment {
  const { clientId, resellerId, currency, timezone, per } = report;
  const of = (column: Fragment): Fragment => (clientId === null ? q`true` : q`${column} = ${clientId}`);
  const zone = timezone === null ? (per === 'client' ? q`c.timezone` : q`r.timezone`) : q`${timezone}::text`;
  // Wide enough for every zone, for the indexes; the day decides.
  const starts = q`(${report.from}::date::timestamp at time zone 'UTC' - interval '15 hours')`;
  const ends = q`((${report.to}::date + 1)::timestamp at time zone 'UTC' + interval '15 hours')`;
  const during = (at: Fragment): Fragment => q`${at} >= ${starts} and ${at} < ${ends}`;
  const isWithin = (day: Fragment): Fragment => q`${day} >= ${report.from}::date and ${day} <= ${report.to}::date`;
  const dayOf = (at: Fragment): Fragment => q`(${at} at time zone o.zone)::date`;
  const periodOf = (day: Fragment): Fragment => q`date_trunc(${report.by}::text, ${day}::timestamp)::date`;
  const invoiced = q`coalesce(i.issued_at, i.created_at)`;
  const parts: Fragment[] = [visibleClients(q, withinId), of(q`c.id`)];
  if (resellerId !== null) parts.push(q`c.reseller_id in (${subtree(q, resellerId)})`);
  if (currency !== null) parts.push(q`c.currency = ${currency}`);
  const wanted = parts.reduce((all, part) => q`${all} and ${part}`);
  const clients = q`clients c join resellers r on r.id = c.reseller_id`;
  const owned = q`(select c.id, c.timezone, ${zone} as zone from ${clients} where ${wanted}) o`;
  return q`(
      select d.client_id, ${periodOf(q`d.day`)} as period, sum(d.amount) as charges, 0 as payments, 0 as refunds,
        0 as invoices, 0 as credit_notes, 0 as credit
      from charge_days d join ${owned} on o.id = d.client_id and o.zone = o.timezone
      where ${isWithin(q`d.day`)} and ${of(q`d.client_id`)} group by 1, 2
      union all
      select e.client_id, ${periodOf(dayOf(q`e.occurred_at`))}, -e.amount, 0, 0, 0, 0, 0
      from ${owned} join ledger_entries e on e.client_id = o.id and o.zone <> o.timezone
      where e.kind = 'charge' and ${during(q`e.occurred_at`)} and ${isWithin(dayOf(q`e.occurred_at`))}
        and ${of(q`e.client_id`)}
      union all
      select f.client_id, ${periodOf(dayOf(q`f.at`))}, 0, f.payments, f.refunds, f.invoices, f.credit_notes, f.credit
      from (
        select e.client_id, e.occurred_at as at, e.amount as payments, 0 as refunds, 0 as invoices, 0 as credit_notes,
          0 as credit
        from ledger_entries e where e.kind = 'payment' and ${during(q`e.occurred_at`)} and ${of(q`e.client_id`)}
        union all
        select e.client_id, e.occurred_at, 0, case when e.kind = 'credit_note' then 0 else -e.amount end, 0,
          case when e.kind = 'credit_note' then e.amount else 0 end, 0
        from ledger_entries e
        where e.kind in ('credit_note', 'refund', 'reversal') and ${during(q`e.occurred_at`)} and ${of(q`e.client_id`)}
        union all
        select i.client_id, ${invoiced}, 0, 0, i.total, 0, 0
        from invoices i
        where ${during(invoiced)} and i.status = 'issued' and i.type = 'outgoing' and ${of(q`i.client_id`)}
        union all
        select t.client_id, t.valid_from, 0, 0, 0, 0, t.amount
        from temporary_credits t
        where ${during(q`t.valid_from`)} and (t.ended_at is null or t.ended_at > t.valid_from) and ${of(q`t.client_id`)}
      ) f join ${owned} on o.id = f.client_id
      where ${isWithin(dayOf(q`f.at`))}
    ) m
    join ${clients} on c.id = m.client_id`;
}
