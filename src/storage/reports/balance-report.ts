import type { Fragment } from 'postgres';
import { kindsOf, type EntryKind } from '../../domain/ledger/entry-kinds.js';
import type { Queries } from '../system/database.js';
import type { ListQuery } from '../system/paging.js';

/** The lines that a report has besides the entries of the ledger. */
export const frameLines = ['opening', 'closing'] as const;
type ReportLineKind = EntryKind | (typeof frameLines)[number];

/** A line of a balance report; amounts as PostgreSQL writes them. */
export interface ReportLineRow {
  readonly id: string;
  readonly at: Date;
  readonly kind: ReportLineKind;
  /** the caller's own id of the entry; null: a line that frames them */
  readonly reference: string | null;
  /** null: of the opening; of the closing: what all entries add up to */
  readonly amount: string | null;
  /** after the line */
  readonly balance: string;
  readonly currency: string;
  readonly note: string | null;
  readonly source: string | null;
}

export interface BalanceReport {
  readonly clientId: string;
  readonly balance: 'live' | 'fixed';
  /** first day, `2026-03-01`; null: 30 days before the last */
  readonly from: string | null;
  /** last day; null: today */
  readonly to: string | null;
  /** IANA; null: the client's */
  readonly timezone: string | null;
  readonly now: Date;
}

/** Id of the line at the end: after all entries of the same instant. */
const closingId = 900_000_000_000_000_000n;

/** Opening, every entry that moves the balance by when it occurred, and closing: opening and entries add up to it. */
export function balanceReportList(q: Queries, report: BalanceReport): ListQuery<ReportLineRow, 'at'> {
  const rows = q`
    with ${frame(q, report)},
    moved as (
      select e.id, e.occurred_at as at, e.kind, e.external_id as reference, e.amount, e.note, e.source,
        sum(e.amount) over (order by e.occurred_at, e.id) as running
      from ledger_entries e where ${moving(q, report)} and e.occurred_at < ${ending(q)}
    )
    select 0::bigint as id, f.starts as at, 'opening' as kind, null as reference, null::numeric as amount,
      f.opening as balance, null as note, null as source, f.currency
    from frame f
    union all
    select m.id, m.at, m.kind, m.reference, m.amount, f.opening + m.running, m.note, m.source, f.currency
    from moved m cross join frame f
    union all
    select ${closingId.toString()}::bigint, f.ends, 'closing', null, f.moved, f.opening + f.moved, null, null, f.currency
    from frame f`;
  return {
    columns: {
      id: { expression: q`r.id`, type: 'bigint' },
      at: { expression: q`r.at`, type: 'timestamptz' },
    },
    select: ({ within, orderBy, limit, position }) => q`
      select r.*, ${position} as position from (${rows}) r where ${within} order by ${orderBy} limit ${limit}`,
    count: () => q`select count(*)::int as total from (${rows}) r`,
  };
}

/** The frame of a report, without its lines. */
export interface ReportSummary {
  readonly starts: Date;
  /** not included */
  readonly ends: Date;
  readonly currency: string;
  readonly timezone: string;
  readonly opening: string;
  readonly closing: string;
  /** no line, for it moves neither balance */
  readonly rounding: string;
  readonly kinds: readonly { readonly kind: EntryKind; readonly entries: number; readonly amount: string }[];
}

export async function readReportSummary(q: Queries, report: BalanceReport): Promise<ReportSummary> {
  const [row] = await q<ReportSummary[]>`
    with ${frame(q, report)}
    select f.starts, f.ends, f.currency, f.timezone, f.opening, f.opening + f.moved as closing, f.rounding, coalesce((
      select jsonb_agg(jsonb_build_object('kind', k.kind, 'entries', k.entries, 'amount', k.amount::text) order by k.kind)
      from (
        select e.kind, count(*)::int as entries, sum(e.amount) as amount
        from ledger_entries e where ${moving(q, report)} and e.occurred_at < ${ending(q)} group by e.kind) k
    ), '[]') as kinds
    from frame f`;
  if (!row) throw new Error('a client has a balance');
  return row;
}

/**
 * `frame`: when the report starts and ends, the balance at its opening, and what its entries add up to. The opening is the
 * balance of now without what came since, so that a report on recent days reads these alone.
 */
function frame(q: Queries, report: BalanceReport): Fragment {
  const { clientId, balance, from, to, timezone, now } = report;
  const zone = q`coalesce(${timezone}::text, c.timezone)`;
  const last = q`coalesce(${to}::date, (${now}::timestamptz at time zone ${zone})::date)`;
  return q`
    bounds as materialized (
      select c.currency, ${zone} as timezone, ${dayStart(q, q`coalesce(${from}::date, ${last} - 30)`, zone)} as starts,
        ${dayStart(q, q`${last} + 1`, zone)} as ends
      from clients c where c.id = ${clientId}
    ),
    since as materialized (
      select coalesce(sum(e.amount), 0) as total,
        coalesce(sum(e.amount) filter (where e.occurred_at < ${ending(q)}), 0) as moved
      from ledger_entries e where ${moving(q, report)}
    ),
    frame as materialized (
      select d.*, s.moved, ${balance === 'live' ? q`b.live` : q`b.fixed`} - s.total as opening, r.rounding
      from bounds d cross join since s cross join (${rounding(q, clientId)}) r cross join balances b
      where b.client_id = ${clientId}
    )`;
}

/** When a day begins: a second after the last one of the day before, whether or not it has a midnight. */
function dayStart(q: Queries, day: Fragment, zone: Fragment): Fragment {
  return q`((((${day})::timestamp - interval '1 second') at time zone ${zone}) + interval '1 second')`;
}

function ending(q: Queries): Fragment {
  return q`(select ends from bounds)`;
}

/** Entries since the start that move the balance: a transfer within the client moves none. */
function moving(q: Queries, { clientId, balance }: BalanceReport): Fragment {
  return q`e.client_id = ${clientId} and e.kind = any (${[...kindsOf(balance)]}) and not e.internal
    and e.occurred_at >= (select starts from bounds)`;
}

/**
 * By how much the fixed balance is above the live one because totals of invoices are rounded and charges are not: of the
 * invoices of the range, less those that were voided in it.
 */
function rounding(q: Queries, clientId: string): Fragment {
  const within = (at: Fragment): Fragment => q`(${at} >= d.starts and ${at} < d.ends)::int`;
  return q`
    select coalesce(sum((x.exact - i.total) * (
      ${within(q`coalesce(e.occurred_at, i.issued_at)`)}
      - coalesce(${within(q`coalesce(v.occurred_at, i.voided_at)`)}, 0))), 0) as rounding
    from invoices i cross join bounds d
    left join ledger_entries e on e.client_id = i.client_id and e.kind = 'invoice' and e.external_id = 'invoice:' || i.id
    left join ledger_entries v on v.client_id = i.client_id and v.kind = 'invoice' and v.external_id = 'void:' || i.id
    cross join lateral (
      select coalesce(sum(l.amount), 0) + case i.tax_mode when 'exclusive' then i.tax else 0 end as exact
      from invoice_lines l where l.invoice_id = i.id) x
    where i.client_id = ${clientId} and i.type = 'outgoing' and i.status <> 'draft'`;
}
