import type { Fragment } from 'postgres';
import { dayMs } from '../../domain/durations.js';
import type { BalanceModel } from '../../domain/monitoring/rules.js';
import type { ClientState } from '../../domain/monitoring/client-state.js';
import {
  available,
  clientTables,
  headroom,
  headroomPercent,
  mailFailing,
  nearestThreshold,
  recipientMissing,
} from './client-measures.js';
import { clientColumns, type ClientRow, type ClientStatus } from './clients.js';
import type { Queries } from '../system/database.js';
import type { ListQuery, SortColumn } from '../system/paging.js';
import { fixed, live } from '../ledger/live-balance.js';
import { isInStates, isOverdue, stateNow } from '../monitoring/state-now.js';
import { containing, likeText, withWildcards } from './text-match.js';
import { subtree, visibleClients } from '../system/visible.js';

/** Which clients a list shows; null: the filter is not set. */
export interface ClientFilter {
  /** within name, id, e-mail or external id, without case */
  readonly q: string | null;
  /** beginning of the name, without case */
  readonly name: string | null;
  /** `*` stands for anything, without case */
  readonly billingEmail: string | null;
  /** clients of this reseller and below */
  readonly resellerId: string | null;
  readonly managerId: string | null;
  readonly statuses: readonly ClientStatus[];
  readonly states: readonly ClientState[] | null;
  readonly currency: string | null;
  /** `none`: without one */
  readonly profileId: string | null;
  readonly balanceModel: BalanceModel | null;
  /** all of them */
  readonly tags: readonly string[];
  readonly externalId: string | null;
  readonly timezone: string | null;
  /** bounds that are included; decimal strings in the currency of the filter */
  readonly availableFrom: string | null;
  readonly availableTo: string | null;
  readonly creditLimitFrom: string | null;
  readonly creditLimitTo: string | null;
  /** percent of the nearest threshold, `from <= x < to` */
  readonly headroomFrom: number | null;
  readonly headroomTo: number | null;
  /** not below the nearest threshold, and at most this many percent above it */
  readonly withinPercent: number | null;
  /** without a charge for so many days */
  readonly inactiveDays: number | null;
  /** a temporary credit is in force */
  readonly temporaryCredit: boolean | null;
  readonly lastNoticeAfter: Date | null;
  readonly lastNoticeBefore: Date | null;
  readonly mailFailing: boolean | null;
  readonly overdue: boolean | null;
  readonly recipientMissing: boolean | null;
}

export const clientSorts = [
  'name',
  'id',
  'available',
  'live',
  'fixed',
  'creditLimit',
  'headroom',
  'headroomPercent',
  'state',
  'status',
  'currency',
  'profileName',
  'resellerName',
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

/** A condition over `clientTables`. */
function clientConditions(q: Queries, withinId: string, filter: ClientFilter, at: Date): Fragment {
  const parts = [...ownConditions(q, filter), ...measuredConditions(q, filter, at)];
  return parts.reduce((all, part) => q`${all} and ${part}`, visibleClients(q, withinId));
}

/** What the client's own row says. */
function ownConditions(q: Queries, filter: ClientFilter): Fragment[] {
  const parts: Fragment[] = [q`c.status = any (${filter.statuses as string[]})`];
  if (filter.q !== null) parts.push(q`c.search like ${containing(filter.q)}`);
  if (filter.name !== null) parts.push(q`lower(c.name) like ${`${likeText(filter.name.toLowerCase())}%`}`);
  if (filter.billingEmail !== null) parts.push(q`lower(c.billing_email) like ${withWildcards(filter.billingEmail)}`);
  if (filter.resellerId !== null) parts.push(q`c.reseller_id in (${subtree(q, filter.resellerId)})`);
  if (filter.managerId !== null) parts.push(q`c.manager_id = ${filter.managerId}`);
  if (filter.currency !== null) parts.push(q`c.currency = ${filter.currency}`);
  if (filter.profileId === 'none') parts.push(q`c.profile_id is null`);
  else if (filter.profileId !== null) parts.push(q`c.profile_id = ${filter.profileId}`);
  if (filter.balanceModel !== null) parts.push(q`c.balance_model = ${filter.balanceModel}`);
  if (filter.tags.length > 0) parts.push(q`c.tags @> ${[...filter.tags]}::text[]`);
  if (filter.externalId !== null) parts.push(q`c.external_id = ${filter.externalId}`);
  if (filter.timezone !== null) parts.push(q`c.timezone = ${filter.timezone}`);
  if (filter.creditLimitFrom !== null) parts.push(q`c.credit_limit >= ${filter.creditLimitFrom}`);
  if (filter.creditLimitTo !== null) parts.push(q`c.credit_limit <= ${filter.creditLimitTo}`);
  return parts;
}

/** What is worked out from what stands around it. */
function measuredConditions(q: Queries, filter: ClientFilter, at: Date): Fragment[] {
  const parts: Fragment[] = [];
  if (filter.states !== null) parts.push(isInStates(q, at, filter.states));
  if (filter.availableFrom !== null) parts.push(q`${available(q)} >= ${filter.availableFrom}`);
  if (filter.availableTo !== null) parts.push(q`${available(q)} <= ${filter.availableTo}`);
  if (filter.headroomFrom !== null) parts.push(q`${headroomPercent(q)} >= ${filter.headroomFrom}`);
  if (filter.headroomTo !== null) parts.push(q`${headroomPercent(q)} < ${filter.headroomTo}`);
  if (filter.withinPercent !== null) {
    const most = q`abs(${nearestThreshold(q)}) * ${filter.withinPercent}::numeric / 100`;
    parts.push(q`${headroom(q)} between 0 and ${most}`);
  }
  if (filter.inactiveDays !== null) {
    const since = new Date(at.getTime() - filter.inactiveDays * dayMs);
    parts.push(q`coalesce(b.last_charge_at, c.created_at) <= ${since}`);
  }
  if (filter.temporaryCredit !== null) parts.push(q`(t.id is not null) = ${filter.temporaryCredit}`);
  // The trigger `note_delivery_outcome` writes `last_notice_at`.
  if (filter.lastNoticeAfter !== null) parts.push(q`m.last_notice_at >= ${filter.lastNoticeAfter}`);
  if (filter.lastNoticeBefore !== null) parts.push(q`m.last_notice_at < ${filter.lastNoticeBefore}`);
  if (filter.mailFailing !== null) parts.push(q`${mailFailing(q)} = ${filter.mailFailing}`);
  if (filter.overdue !== null) parts.push(q`${isOverdue(q, at)} = ${filter.overdue}`);
  if (filter.recipientMissing !== null) parts.push(q`${recipientMissing(q)} = ${filter.recipientMissing}`);
  return parts;
}

/** Stands for what has no limit or no threshold: more than any amount. */
const endless = '999999999999999';
/** Beyond it, either way: an unknown balance comes last in both orders. */
const last = { ascending: '9999999999999999', descending: '-9999999999999999' } as const;

function sortColumns(q: Queries, at: Date): ListQuery<ClientRow, ClientSort>['columns'] {
  return {
    id: { expression: q`c.id`, type: 'bigint' },
    name: { expression: q`lower(c.name)`, type: 'text' },
    available: amountColumn(q, available(q), q`c.balance_model = 'unlimited'`),
    live: amountColumn(q, live(q), q`false`),
    fixed: amountColumn(q, fixed(q), q`false`),
    creditLimit: { expression: q`c.credit_limit`, type: 'numeric' },
    headroom: amountColumn(q, headroom(q), hasNoEdge(q)),
    headroomPercent: amountColumn(q, headroomPercent(q), hasNoEdge(q)),
    state: { expression: q`coalesce(array_position(${byUrgency}::text[], ${stateNow(q, at)}), 99)`, type: 'bigint' },
    status: { expression: q`c.status`, type: 'text' },
    currency: { expression: q`c.currency`, type: 'text' },
    profileName: { expression: q`lower(coalesce(p.name, ''))`, type: 'text' },
    resellerName: { expression: q`lower(r.name)`, type: 'text' },
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
function amountColumn(q: Queries, amount: Fragment, isEndless: Fragment): SortColumn {
  const orElse = (unknown: string): Fragment =>
    q`coalesce(${amount}, case when ${isEndless} then ${endless} else ${unknown} end::numeric)`;
  return { expression: orElse(last.ascending), descending: orElse(last.descending), type: 'numeric' };
}
