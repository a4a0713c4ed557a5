import type { Fragment } from 'postgres';
import { dayMs } from '../../domain/durations.js';
import type { GrantStatus } from '../../domain/credit/grants.js';
import { actorName } from '../access/actor-name.js';
import type { Queries } from '../system/database.js';
import type { ListQuery } from '../system/paging.js';
import { containing } from '../clients/text-match.js';
import { visibleClient } from '../system/tenancy.js';

/** A temporary credit as lists show it. */
export interface TemporaryCreditRow {
  readonly id: string;
  readonly clientId: string;
  readonly clientName: string;
  readonly amount: string;
  /** of the permanent limit at the time of the grant; null: an amount was given */
  readonly percent: string | null;
  readonly currency: string;
  readonly validFrom: Date;
  readonly validUntil: Date;
  readonly status: GrantStatus;
  readonly reason: string;
  readonly grantedBy: string;
  readonly createdAt: Date;
  readonly warnedAt: Date | null;
  readonly endedAt: Date | null;
  readonly version: number;
}

/** With its context, for readers. */
export interface TemporaryCreditItemRow extends TemporaryCreditRow {
  /** the permanent credit limit: the current one, or that at the end of this credit */
  readonly creditLimit: string;
  /** null: not a user, or not visible to the reseller */
  readonly grantedByName: string | null;
}

export interface TemporaryCreditFilter {
  readonly clientId: string | null;
  readonly status: readonly GrantStatus[] | null;
  /** valid at some moment in `from <= t < to` */
  readonly from: Date | null;
  readonly to: Date | null;
  /** open, and over within so many days */
  readonly expiringWithinDays: number | null;
  readonly currency: string | null;
  readonly grantedBy: string | null;
  /** within the client's name or the reason, without case */
  readonly q: string | null;
}

export const temporaryCreditSorts = [
  'validFrom',
  'validUntil',
  'id',
  'clientName',
  'amount',
  'status',
  'createdAt',
] as const;
type TemporaryCreditSort = (typeof temporaryCreditSorts)[number];

export function temporaryCreditList(
  q: Queries,
  resellerId: string,
  filter: TemporaryCreditFilter,
  now: number,
): ListQuery<TemporaryCreditItemRow, TemporaryCreditSort> {
  const parts: Fragment[] = [visibleClient(q, resellerId)];
  if (filter.clientId !== null) parts.push(q`t.client_id = ${filter.clientId}`);
  if (filter.status !== null) parts.push(q`t.status = any (${[...filter.status]}::text[])`);
  if (filter.from) parts.push(q`coalesce(t.ended_at, t.valid_until) > ${filter.from}`);
  if (filter.to) parts.push(q`t.valid_from < ${filter.to}`);
  if (filter.expiringWithinDays !== null) parts.push(expiringWithin(q, new Date(now), filter.expiringWithinDays));
  if (filter.currency !== null) parts.push(q`t.currency = ${filter.currency}`);
  if (filter.grantedBy !== null) parts.push(q`t.granted_by = ${filter.grantedBy}`);
  if (filter.q !== null) {
    parts.push(q`(lower(c.name) like ${containing(filter.q)} or lower(t.reason) like ${containing(filter.q)})`);
  }
  const wanted = parts.reduce((all, part) => q`${all} and ${part}`);
  return {
    columns: {
      id: { expression: q`t.id`, type: 'bigint' },
      validFrom: { expression: q`t.valid_from`, type: 'timestamptz' },
      validUntil: { expression: q`t.valid_until`, type: 'timestamptz' },
      createdAt: { expression: q`t.created_at`, type: 'timestamptz' },
      clientName: { expression: q`lower(c.name)`, type: 'text' },
      amount: { expression: q`t.amount`, type: 'numeric' },
      status: { expression: q`t.status`, type: 'text' },
    },
    select: ({ within, orderBy, limit, position }) => q`
      select ${columns(q)}, ${itemColumns(q, resellerId)}, ${position} as position
      from temporary_credits t join clients c on c.id = t.client_id
      where ${wanted} and ${within} order by ${orderBy} limit ${limit}`,
    count: () => q`
      select count(*)::int as total from temporary_credits t join clients c on c.id = t.client_id where ${wanted}`,
  };
}

/** A condition on `temporary_credits t`: it is open and is over within so many days. */
export function expiringWithin(q: Queries, at: Date, days: number): Fragment {
  const end = new Date(at.getTime() + days * dayMs);
  return q`(t.status in ('scheduled', 'active') and t.valid_until <= ${end})`;
}

/** Null when there is none of a client within the reseller's subtree. */
export async function findTemporaryCredit(
  q: Queries,
  resellerId: string,
  id: string,
): Promise<TemporaryCreditItemRow | null> {
  const [row] = await q<TemporaryCreditItemRow[]>`
    select ${columns(q)}, ${itemColumns(q, resellerId)} from temporary_credits t join clients c on c.id = t.client_id
    where t.id = ${id} and ${visibleClient(q, resellerId)}`;
  return row ?? null;
}

/** The one that is scheduled or active, by the table; null: there is none. */
export async function openTemporaryCredit(q: Queries, clientId: string): Promise<TemporaryCreditRow | null> {
  const [row] = await q<TemporaryCreditRow[]>`
    select ${columns(q)} from temporary_credits t join clients c on c.id = t.client_id
    where t.client_id = ${clientId} and t.status in ('scheduled', 'active')`;
  return row ?? null;
}

function columns(q: Queries): ReturnType<Queries> {
  return q`t.id, t.client_id as "clientId", c.name as "clientName", t.amount, t.percent, t.currency,
    t.valid_from as "validFrom", t.valid_until as "validUntil", t.status, t.reason, t.granted_by as "grantedBy",
    t.created_at as "createdAt", t.warned_at as "warnedAt", t.ended_at as "endedAt", t.version`;
}

function itemColumns(q: Queries, resellerId: string): Fragment {
  return q`
    case when t.ended_at is null then c.credit_limit else coalesce((
      select h.permanent_after from credit_limit_history h
      where h.client_id = t.client_id and h.grant_id = t.id order by h.id desc limit 1), c.credit_limit) end as "creditLimit",
    ${actorName(q, q`t.granted_by`, resellerId)} as "grantedByName"`;
}

/** A grant that was asked for under an id before, and what was asked for. */
export interface GrantedBefore {
  readonly grant: TemporaryCreditRow;
  /** as it was when it was granted; it may have been changed since */
  readonly asked: { readonly amount: string; readonly percent: string | null; readonly validUntil: string };
}

export async function findGrantRequest(q: Queries, clientId: string, requestId: string): Promise<GrantedBefore | null> {
  const [row] = await q<(TemporaryCreditRow & { asked: GrantedBefore['asked'] | null })[]>`
    select ${columns(q)}, (
      select a.after from audit a
      where a.subject_type = 'temporary_credit' and a.subject_id = t.id::text and a.action = 'temporary_credit.grant'
      order by a.id limit 1) as asked
    from temporary_credits t join clients c on c.id = t.client_id
    where t.client_id = ${clientId} and t.request_id = ${requestId}`;
  if (!row) return null;
  const { asked, ...grant } = row;
  return { grant, asked: asked ?? { ...grant, validUntil: grant.validUntil.toISOString() } };
}

/** Whether a change, or the canceling, of a temporary credit was carried out under this id before. */
export async function isGrantRequestDone(
  q: Queries,
  grantId: string,
  kind: 'changed' | 'cancelled',
  requestId: string,
): Promise<boolean> {
  const rows = await q`
    select 1 from credit_limit_history where grant_id = ${grantId} and kind = ${kind} and request_id = ${requestId}`;
  return rows.length > 0;
}
