import type { Fragment } from 'postgres';
import { eventSeverities, type EventData, type EventKind, type EventSeverity } from '../../domain/events/events.js';
import { actorName } from '../access/actor-name.js';
import type { Queries, Transaction } from '../system/database.js';
import type { ListQuery } from '../system/paging.js';
import { eventConditions, eventTables, visibleEvent, type EventFilter, type EventReader } from './event-filter.js';

/** An entry of the events log as a caller sees it. */
export interface EventRow {
  readonly id: string;
  readonly kind: EventKind;
  readonly severity: EventSeverity;
  readonly subjectType: string;
  readonly subjectId: string;
  readonly clientId: string | null;
  readonly clientName: string | null;
  /** null: an event of the whole installation */
  readonly resellerId: string | null;
  readonly resellerName: string | null;
  readonly data: EventData;
  readonly firstAt: Date;
  readonly lastAt: Date;
  readonly times: number;
  readonly emailedAt: Date | null;
  readonly resolvedAt: Date | null;
  readonly resolvedBy: string | null;
  readonly resolvedByName: string | null;
  readonly resolvedReason: string | null;
}

export const eventSorts = ['lastAt', 'firstAt', 'severity', 'times', 'id'] as const;
type EventSort = (typeof eventSorts)[number];

export function eventList(q: Queries, caller: EventReader, filter: EventFilter): ListQuery<EventRow, EventSort> {
  const wanted = eventConditions(q, caller, filter);
  return {
    columns: {
      id: { expression: q`e.id`, type: 'bigint' },
      lastAt: { expression: q`e.last_at`, type: 'timestamptz' },
      firstAt: { expression: q`e.first_at`, type: 'timestamptz' },
      severity: { expression: q`array_position(${[...eventSeverities]}::text[], e.severity)`, type: 'bigint' },
      times: { expression: q`e.times`, type: 'bigint' },
    },
    select: ({ within, orderBy, limit, position }) => q`
      select ${columns(q, caller)}, ${position} as position from ${eventTables(q)}
      where ${wanted} and ${within} order by ${orderBy} limit ${limit}`,
    count: () => q`select count(*)::int as total from ${eventTables(q)} where ${wanted}`,
  };
}

/** Null when there is none that the caller may see. */
export async function findEvent(q: Queries, caller: EventReader, id: string): Promise<EventRow | null> {
  const [row] = await q<EventRow[]>`
    select ${columns(q, caller)} from ${eventTables(q)} where e.id = ${id} and ${visibleEvent(q, caller)}`;
  return row ?? null;
}

/** Reads an event for a change: no other writer changes it until the transaction ends. */
export async function lockEvent(tx: Transaction, caller: EventReader, id: string): Promise<EventRow | null> {
  const [row] = await tx<EventRow[]>`
    select ${columns(tx, caller)} from ${eventTables(tx)} where e.id = ${id} and ${visibleEvent(tx, caller)} for update of e`;
  return row ?? null;
}

interface EventFacet {
  readonly word: string;
  readonly count: number;
}

interface EventFacets {
  readonly status: readonly EventFacet[];
  readonly kind: readonly EventFacet[];
  readonly severity: readonly EventFacet[];
}

/** Each column is counted under the filters of the others: what another choice would give. */
export async function countEventFacets(q: Queries, caller: EventReader, filter: EventFilter): Promise<EventFacets> {
  const facet = (column: Fragment, others: EventFilter): Promise<EventFacet[]> => q<EventFacet[]>`
    select ${column} as word, count(*)::int as count from ${eventTables(q)}
    where ${eventConditions(q, caller, others)} group by 1 order by 2 desc, 1`;
  const [status, kind, severity] = await Promise.all([
    facet(q`case when e.resolved_at is null then 'open' else 'resolved' end`, { ...filter, status: 'all' }),
    facet(q`e.kind`, { ...filter, kind: null }),
    facet(q`e.severity`, { ...filter, severity: null }),
  ]);
  return { status, kind, severity };
}

/** Open events that the caller may see: as many as the list shows when no filter is given. */
export async function countOpenEvents(q: Queries, caller: EventReader): Promise<number> {
  const [row] = await q<{ events: number }[]>`
    select count(*)::int as events from ${eventTables(q)} where ${visibleEvent(q, caller)} and e.resolved_at is null`;
  return row?.events ?? 0;
}

/** Open events of the whole installation by kind. */
export async function countOpenEventsByKind(q: Queries): Promise<Map<EventKind, number>> {
  const rows = await q<{ kind: EventKind; events: number }[]>`
    select kind, count(*)::int as events from events where resolved_at is null group by 1`;
  return new Map(rows.map(({ kind, events }) => [kind, events]));
}

function columns(q: Queries, { resellerId }: EventReader): Fragment {
  return q`e.id, e.kind, e.severity, e.subject_type as "subjectType", e.subject_id as "subjectId",
    e.client_id as "clientId", c.name as "clientName", e.reseller_id as "resellerId", r.name as "resellerName", e.data,
    e.first_at as "firstAt", e.last_at as "lastAt", e.times, e.emailed_at as "emailedAt", e.resolved_at as "resolvedAt",
    e.resolved_by as "resolvedBy", ${actorName(q, q`e.resolved_by`, resellerId)} as "resolvedByName",
    e.resolved_reason as "resolvedReason"`;
}
