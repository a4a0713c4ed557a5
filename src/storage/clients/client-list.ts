import type { Fragment } from 'postgres';
import { sortableFields, type FieldFilters } from '../../domain/clients/client-field-filters.js';
import { dayMs } from '../../domain/durations.js';
import type { ClientState } from '../../domain/monitoring/client-state.js';
import { lowReasons, type Reason } from '../../domain/monitoring/evaluate.js';
import {
  available,
  clientTables,
  headroom,
  headroomPercent,
  mailFailing,
  recipientMissing,
} from './client-measures.js';
import { clientColumns, type ClientRow, type ClientStatus } from './clients.js';
import type { Queries } from '../system/database.js';
import type { ListQuery, SortColumn } from '../system/paging.js';
import { fixed, live } from '../ledger/live-balance.js';
import { isInStates, isOverdue, stateNow } from '../monitoring/state-now.js';
import { fieldConditions, fieldSorts } from './client-field-queries.js';
import { runwayDays } from './runway.js';
import { paymentTermsLabel, sharedNameColumns, sharedNameSorts } from './shared-names.js';
import { containing } from './text-match.js';
import { subtree, visibleClients } from '../system/tenancy.js';

/** Which clients a list shows: by the fields of the catalogue, and by the rest; null: the filter is not set. */
export interface ClientFilter extends FieldFilters {
  /** these; combined with the other filters */
  readonly ids: readonly string[] | null;
  /** within name, id, email or external id, without case */
  readonly q: string | null;
  /** clients of this reseller and below */
  readonly resellerId: string | null;
  readonly statuses: readonly ClientStatus[];
  readonly states: readonly ClientState[] | null;
  /** a rule has one of these reasons at the last evaluation */
  readonly ruleReason: readonly Reason[] | null;
  /** all of them */
  readonly tags: readonly string[];
  /** bounds that are included; decimal strings in the currency of the filter */
  readonly availableFrom: string | null;
  readonly availableTo: string | null;
  /** percent of the nearest threshold, `from <= x < to` */
  readonly headroomFrom: number | null;
  readonly headroomTo: number | null;
  /** without a charge for so many days */
  readonly inactiveDays: number | null;
  /** the client has active temporary credit */
  readonly temporaryCredit: boolean | null;
  readonly lastNoticeAfter: Date | null;
  readonly lastNoticeBefore: Date | null;
  /** end of what is invoiced, `from <= t < to`; a client without an invoice is in neither */
  readonly lastInvoicedFrom: Date | null;
  readonly lastInvoicedTo: Date | null;
  readonly mailFailing: boolean | null;
  readonly overdue: boolean | null;
  readonly recipientMissing: boolean | null;
}

export const clientSorts = [
  ...sortableFields,
  'id',
  'available',
  'live',
  'fixed',
  'headroom',
  'headroomPercent',
  'state',
  'profileName',
  'lowRule',
  'runway',
  'paymentTermsLabel',
  ...sharedNameSorts,
  'resellerName',
  'managerName',
  'temporaryCredit',
  'nextCheckAt',
  'lastCheckAt',
  'lastNoticeAt',
  'lastChargeAt',
  'createdAt',
] as const;
type ClientSort = (typeof clientSorts)[number];

/** The most urgent first. */
const byUrgency = ['critical', 'exhausted', 'low', 'silenced', 'unhealthy', 'unknown', 'paused', 'ok', 'unlimited'];

export function clientList(
  q: Queries,
  withinId: string,
  filter: ClientFilter,
  atMs: number,
): ListQuery<ClientRow, ClientSort> {
  const at = new Date(atMs);
  const wanted = clientConditions(q, withinId, filter, at);
  return {
    columns: sortColumns(q, at),
    select: ({ within, orderBy, limit, position }) => q`
      select ${clientColumns(q, at)}, ${position} as position from ${clientTables(q, at)}
      where ${wanted} and ${within} order by ${orderBy} limit ${limit}`,
    count: () => q`select count(*)::int as total from ${clientTables(q, at, 'outer')} where ${wanted}`,
  };
}

export interface ReasonCount {
  readonly reason: Reason;
  readonly clients: number;
}

/** How many clients have a rule with each reason, under the other filters. */
export async function countRuleReasons(
  q: Queries,
  withinId: string,
  filter: ClientFilter,
  atMs: number,
): Promise<ReasonCount[]> {
  const at = new Date(atMs);
  return q<ReasonCount[]>`
    select found.reason, count(*)::int as clients
    from ${clientTables(q, at, 'outer')} cross join unnest(m.rule_reasons) as found (reason)
    where ${clientConditions(q, withinId, { ...filter, ruleReason: null }, at)} group by 1 order by 2 desc, 1`;
}

/** The ids of all clients that the list shows, by name: fewer than `limit`, or as many where there are more. */
export async function readClientIds(
  q: Queries,
  withinId: string,
  filter: ClientFilter,
  atMs: number,
  limit: number,
): Promise<string[]> {
  const at = new Date(atMs);
  const rows = await q<{ id: string }[]>`
    select c.id from ${clientTables(q, at, 'outer')} where ${clientConditions(q, withinId, filter, at)}
    order by lower(c.name), c.id limit ${limit}`;
  return rows.map(({ id }) => id);
}

/** Those of the clients that are within the subtree of `withinId`, deleted ones included, by name. */
export async function readVisibleClientIds(q: Queries, withinId: string, ids: readonly string[]): Promise<string[]> {
  const rows = await q<{ id: string }[]>`
    select c.id from clients c where c.id = any (${[...ids]}::bigint[]) and ${visibleClients(q, withinId)}
    order by lower(c.name), c.id`;
  return rows.map(({ id }) => id);
}

/** A condition over `clientTables`. */
function clientConditions(q: Queries, withinId: string, filter: ClientFilter, at: Date): Fragment {
  const parts = [...ownConditions(q, filter), ...fieldConditions(q, filter), ...measuredConditions(q, filter, at)];
  return parts.reduce((all, part) => q`${all} and ${part}`, visibleClients(q, withinId));
}

/** What the client's own row says, besides the filters that derive from the catalogue. */
function ownConditions(q: Queries, filter: ClientFilter): Fragment[] {
  const parts: Fragment[] = [q`c.status = any (${filter.statuses as string[]})`];
  if (filter.ids !== null) parts.push(q`c.id = any (${[...filter.ids]}::bigint[])`);
  if (filter.q !== null) parts.push(q`c.search like ${containing(filter.q)}`);
  if (filter.resellerId !== null) parts.push(q`c.reseller_id in (${subtree(q, filter.resellerId)})`);
  if (filter.tags.length > 0) parts.push(q`lower_texts(c.tags) @> lower_texts(${[...filter.tags]}::text[])`);
  return parts;
}

/** Columns that are computed from joined tables. */
function measuredConditions(q: Queries, filter: ClientFilter, at: Date): Fragment[] {
  const parts: Fragment[] = [];
  if (filter.states !== null) parts.push(isInStates(q, at, filter.states));
  if (filter.ruleReason !== null) parts.push(q`m.rule_reasons && ${[...filter.ruleReason]}::text[]`);
  if (filter.availableFrom !== null) parts.push(q`${available(q)} >= ${filter.availableFrom}`);
  if (filter.availableTo !== null) parts.push(q`${available(q)} <= ${filter.availableTo}`);
  if (filter.headroomFrom !== null) parts.push(q`${headroomPercent(q)} >= ${filter.headroomFrom}`);
  if (filter.headroomTo !== null) parts.push(q`${headroomPercent(q)} < ${filter.headroomTo}`);
  if (filter.inactiveDays !== null) {
    const since = new Date(at.getTime() - filter.inactiveDays * dayMs);
    parts.push(q`coalesce(b.last_charge_at, c.created_at) <= ${since}`);
  }
  if (filter.temporaryCredit !== null) parts.push(q`(t.id is not null) = ${filter.temporaryCredit}`);
  // The trigger `note_delivery_outcome` writes `last_notice_at`.
  if (filter.lastNoticeAfter !== null) parts.push(q`m.last_notice_at >= ${filter.lastNoticeAfter}`);
  if (filter.lastNoticeBefore !== null) parts.push(q`m.last_notice_at < ${filter.lastNoticeBefore}`);
  if (filter.lastInvoicedFrom !== null) parts.push(q`b.invoiced_until >= ${filter.lastInvoicedFrom}`);
  if (filter.lastInvoicedTo !== null) parts.push(q`b.invoiced_until < ${filter.lastInvoicedTo}`);
  if (filter.mailFailing !== null) parts.push(q`${mailFailing(q)} = ${filter.mailFailing}`);
  if (filter.overdue !== null) parts.push(q`${isOverdue(q, at)} = ${filter.overdue}`);
  if (filter.recipientMissing !== null) parts.push(q`${recipientMissing(q)} = ${filter.recipientMissing}`);
  return parts;
}

/** In place of no limit or no threshold: more than any amount. */
const endless = '999999999999999';
/** Beyond it, either way: an unknown balance comes last in both orders. */
const last = { ascending: '9999999999999999', descending: '-9999999999999999' } as const;

function sortColumns(q: Queries, at: Date): ListQuery<ClientRow, ClientSort>['columns'] {
  return {
    ...fieldSorts(q),
    id: { expression: q`c.id`, type: 'bigint' },
    available: orEndless(q, available(q), q`c.balance_model = 'unlimited'`),
    live: orEndless(q, live(q), q`false`),
    fixed: orEndless(q, fixed(q), q`false`),
    headroom: orEndless(q, headroom(q), hasNoEdge(q)),
    headroomPercent: orEndless(q, headroomPercent(q), hasNoEdge(q)),
    state: { expression: q`coalesce(array_position(${byUrgency}::text[], ${stateNow(q, at)}), 99)`, type: 'bigint' },
    // Low rules lie within each other: the more of them are low, the lower is the most severe.
    lowRule: {
      expression: q`coalesce((select count(*) from jsonb_array_elements(m.verdicts) v
        where v ->> 'reason' = any (${[...lowReasons]})), 0)`,
      type: 'bigint',
    },
    runway: orEndless(q, runwayDays(q, at), q`false`),
    profileName: { expression: q`lower(coalesce(p.name, ''))`, type: 'text' },
    paymentTermsLabel: { expression: q`coalesce(${paymentTermsLabel(q)}, '')`, type: 'text' },
    ...sharedNameColumns(q),
    resellerName: { expression: q`lower(r.name)`, type: 'text' },
    managerName: { expression: q`lower(coalesce(o.name, ''))`, type: 'text' },
    temporaryCredit: { expression: q`coalesce(t.amount, 0)`, type: 'numeric' },
    nextCheckAt: { expression: q`coalesce(m.next_check_at, 'infinity')`, type: 'timestamptz' },
    lastCheckAt: { expression: q`coalesce(m.last_check_at, '-infinity')`, type: 'timestamptz' },
    lastNoticeAt: { expression: q`coalesce(m.last_notice_at, '-infinity')`, type: 'timestamptz' },
    lastChargeAt: { expression: q`coalesce(b.last_charge_at, '-infinity')`, type: 'timestamptz' },
    createdAt: { expression: q`c.created_at`, type: 'timestamptz' },
  };
}

/** No limit, no threshold, or a balance that is known: what is missing of the headroom is its end. */
function hasNoEdge(q: Queries): Fragment {
  return q`(c.balance_model = 'unlimited' or ${live(q)} is not null)`;
}

/** @param isEndless where the amount is null for it has no end; else it is unknown */
function orEndless(q: Queries, amount: Fragment, isEndless: Fragment): SortColumn {
  const orElse = (unknown: string): Fragment =>
    q`coalesce(${amount}, case when ${isEndless} then ${endless} else ${unknown} end::numeric)`;
  return { expression: orElse(last.ascending), descending: orElse(last.descending), type: 'numeric' };
}
