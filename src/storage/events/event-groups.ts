import { eventSeverities, type EventKind, type EventSeverity } from '../../domain/events/events.js';
import type { Queries } from '../system/database.js';
import { eventConditions, eventGroup, eventTables, type EventFilter, type EventReader } from './event-filter.js';

/** Events that have one cause in the eyes of staff: all payments that were rejected for one reason. */
export interface EventGroupRow {
  /** as `eventGroupOf` names it */
  readonly group: string;
  readonly kind: EventKind;
  /** the highest of its events */
  readonly severity: EventSeverity;
  readonly events: number;
  /** occurrences of all of them */
  readonly times: number;
  readonly clients: number;
  /** of the only client, where there is one */
  readonly clientId: string | null;
  readonly clientName: string | null;
  /** of the newest event */
  readonly subjectId: string;
  readonly firstAt: Date;
  readonly lastAt: Date;
}

/** The groups of the events that match, the most severe first, then the one that occurred last. There are few. */
export async function listEventGroups(q: Queries, caller: EventReader, filter: EventFilter): Promise<EventGroupRow[]> {
  const isOneClient = q`count(distinct e.client_id) = 1 and count(e.client_id) = count(*)`;
  const severities = q`${[...eventSeverities]}::text[]`;
  return q<EventGroupRow[]>`
    select ${eventGroup(q)} as "group", min(e.kind) as kind,
      (${severities})[max(array_position(${severities}, e.severity))] as severity,
      count(*)::int as events, sum(e.times)::int as times, count(distinct e.client_id)::int as clients,
      case when ${isOneClient} then min(e.client_id) end as "clientId",
      case when ${isOneClient} then min(c.name) end as "clientName",
      (array_agg(e.subject_id order by e.last_at desc, e.id desc))[1] as "subjectId",
      min(e.first_at) as "firstAt", max(e.last_at) as "lastAt"
    from ${eventTables(q)} where ${eventConditions(q, caller, filter)}
    group by 1 order by max(array_position(${severities}, e.severity)) desc, max(e.last_at) desc, 1`;
}
