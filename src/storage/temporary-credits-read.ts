import type { GrantStatus } from '../domain/grants.js';
import type { Queries } from './database.js';
import { readPage, type Page, type PageRequest } from './paging.js';
import { visibleClient } from './visible.js';

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

export interface TemporaryCreditFilter {
  readonly clientId: string | null;
  readonly status: readonly GrantStatus[];
  /** valid at some moment in `from <= t < to` */
  readonly from: Date | null;
  readonly to: Date | null;
}

export type TemporaryCreditSort = 'validFrom' | 'validUntil';

export async function listTemporaryCredits(
  q: Queries,
  resellerId: string,
  filter: TemporaryCreditFilter,
  page: PageRequest<TemporaryCreditSort>,
): Promise<Page<TemporaryCreditRow>> {
  const where = q`${visibleClient(q, resellerId)}
    and ${filter.clientId === null ? q`true` : q`t.client_id = ${filter.clientId}`}
    and ${filter.status.length === 0 ? q`true` : q`t.status = any(${[...filter.status]}::text[])`}
    and ${filter.from ? q`coalesce(t.ended_at, t.valid_until) > ${filter.from}` : q`true`}
    and ${filter.to ? q`t.valid_from < ${filter.to}` : q`true`}`;
  return readPage<TemporaryCreditRow, TemporaryCreditSort>(q, page, {
    columns: {
      id: { expression: q`t.id`, type: 'bigint' },
      validFrom: { expression: q`t.valid_from`, type: 'timestamptz' },
      validUntil: { expression: q`t.valid_until`, type: 'timestamptz' },
    },
    select: ({ within, orderBy, limit, position }) => q`
      select ${columns(q)}, ${position} as position
      from temporary_credits t join clients c on c.id = t.client_id
      where ${where} and ${within} order by ${orderBy} limit ${limit}`,
    count: () => q`
      select count(*)::int as total from temporary_credits t join clients c on c.id = t.client_id where ${where}`,
  });
}

/** Null when there is none of a client within the reseller's subtree. */
export async function findTemporaryCredit(
  q: Queries,
  resellerId: string,
  id: string,
): Promise<TemporaryCreditRow | null> {
  const [row] = await q<TemporaryCreditRow[]>`
    select ${columns(q)} from temporary_credits t join clients c on c.id = t.client_id
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
