import type { Fragment } from 'postgres';
import { splitEventGroup } from '../../domain/events/event-groups.js';
import { eventKindNames, eventKinds, type EventKind, type EventSeverity } from '../../domain/events/events.js';
import { containing } from '../clients/text-match.js';
import type { Queries } from '../system/database.js';
import { visibleClient, visibleReseller } from '../system/tenancy.js';

/** Which events; null: all. */
export interface EventFilter {
  readonly status: 'open' | 'resolved' | 'all';
  readonly kind: readonly EventKind[] | null;
  readonly severity: readonly EventSeverity[] | null;
  /** as `eventGroupOf` names it */
  readonly group: string | null;
  readonly clientId: string | null;
  /** what the event is about, exactly: a payment's id, `EUR/USD` */
  readonly subjectId: string | null;
  /** the owner, with its sub-resellers */
  readonly resellerId: string | null;
  /** within subject, details, or client name, without case */
  readonly q: string | null;
  /** occurred at least once in `from <= t < to` */
  readonly from: Date | null;
  readonly to: Date | null;
}

/** Who reads: the events of a reseller's subtree; for the operator those of the whole installation, too. */
export interface EventReader {
  readonly resellerId: string;
  readonly isOperator: boolean;
}

/** A condition on `eventTables`: what the filter asks for, within what the caller sees. */
export function eventConditions(q: Queries, caller: EventReader, filter: EventFilter): Fragment {
  const parts: Fragment[] = [visibleEvent(q, caller)];
  if (filter.status !== 'all') parts.push(q`(e.resolved_at is null) = ${filter.status === 'open'}`);
  if (filter.kind !== null) parts.push(q`e.kind = any(${[...filter.kind]}::text[])`);
  if (filter.severity !== null) parts.push(q`e.severity = any(${[...filter.severity]}::text[])`);
  if (filter.group !== null) {
    // The kind first: it narrows without reading what is in `data`.
    parts.push(q`e.kind = ${splitEventGroup(filter.group).kind} and ${eventGroup(q)} = ${filter.group}`);
  }
  if (filter.subjectId !== null) parts.push(q`e.subject_id = ${filter.subjectId}`);
  if (filter.clientId !== null) parts.push(q`e.client_id = ${filter.clientId}`);
  if (filter.resellerId !== null) parts.push(visibleReseller(q, q`e.reseller_id`, filter.resellerId));
  if (filter.q !== null) {
    const details = q`(select string_agg(value, E'\n') from jsonb_each_text(e.data))`;
    parts.push(q`lower(concat_ws(E'\n', e.subject_id, c.name, ${details})) like ${containing(filter.q)}`);
  }
  if (filter.from !== null) parts.push(q`e.last_at >= ${filter.from}`);
  if (filter.to !== null) parts.push(q`e.first_at < ${filter.to}`);
  return parts.reduce((all, part) => q`${all} and ${part}`);
}

export function visibleEvent(q: Queries, { resellerId, isOperator }: EventReader): Fragment {
  if (isOperator) return q`true`;
  return q`case when e.client_id is not null then ${visibleClient(q, resellerId)}
    else ${visibleReseller(q, q`e.reseller_id`, resellerId)} end`;
}

export function eventTables(q: Queries): Fragment {
  return q`events e left join clients c on c.id = e.client_id left join resellers r on r.id = e.reseller_id`;
}

/** What `eventGroupOf` says of an event `e`. */
export function eventGroup(q: Queries): Fragment {
  const parts = eventKindNames.flatMap((kind) => {
    const { groupedBy } = eventKinds[kind];
    return groupedBy === null ? [] : [q`when ${kind} then e.kind || ':' || coalesce(e.data ->> ${groupedBy}, '')`];
  });
  return q`case e.kind ${parts.reduce<Fragment>((all, part) => q`${all} ${part}`, q``)} else e.kind end`;
}
