import { emailGroupOf } from '../../domain/events/event-groups.js';
import { eventKinds, type EventData, type EventKind } from '../../domain/events/events.js';
import { fingerprint } from '../../domain/hash.js';
import type { Queries } from '../system/database.js';

/** One occurrence of something staff has to know. */
export interface NewEvent {
  readonly kind: EventKind;
  /** what makes two occurrences the same, within kind and reseller */
  readonly cause: string;
  /** names what `subjectType` of the kind says */
  readonly subjectId: string;
  /** the client concerned, whose reseller then owns the event; null, or unknown: none */
  readonly clientId: string | null;
  /** the owner where no client is known; null: the whole installation, which only the operator sees */
  readonly resellerId: string | null;
  readonly data: EventData;
  readonly atMs: number;
}

export interface RaisedEvent {
  readonly id: string;
  readonly kind: EventKind;
  /** false: the same was open already, and its count was raised */
  readonly isNew: boolean;
}

/** Writes one occurrence to the events log. */
export async function raiseEvent(q: Queries, event: NewEvent): Promise<RaisedEvent> {
  const [raised] = await raiseEvents(q, [event]);
  if (!raised) throw new TypeError('a raised event has a row');
  return raised;
}

/**
 * Writes occurrences in one statement. What is new becomes an entry. Of what is open already only count and last time
 * change; occurrences that are the same within the list are one row. In the order of causes, so that two writers with
 * the same causes wait for each other and never deadlock.
 */
export async function raiseEvents(q: Queries, events: readonly NewEvent[]): Promise<RaisedEvent[]> {
  if (events.length === 0) return [];
  const rows = events.map(rowOf);
  return q<RaisedEvent[]>`
    with raised as (
      select n.kind, n.severity, n.subject_type, n.subject_id, c.id as client_id,
        coalesce(c.reseller_id, n.reseller_id) as reseller_id, n.cause, n.data, n.email_group, n.at, n.place
      from jsonb_to_recordset(${q.json(rows)}) as n(
        kind text, severity text, subject_type text, subject_id text, client_id bigint, reseller_id bigint, cause text,
        data jsonb, email_group text, at timestamptz, place integer)
      left join clients c on c.id = n.client_id
    ),
    grouped as (
      select distinct on (kind, cause, reseller_id) *,
        (count(*) over same)::int as times, min(at) over same as first_at, max(at) over same as last_at
      from raised window same as (partition by kind, cause, reseller_id)
      order by kind, cause, reseller_id, place
    )
    insert into events (kind, severity, subject_type, subject_id, client_id, reseller_id, cause, data, email_group,
      first_at, last_at, times)
    select kind, severity, subject_type, subject_id, client_id, reseller_id, cause, data, email_group, first_at, last_at, times
    from grouped order by kind, cause, reseller_id
    on conflict (kind, coalesce(reseller_id, 0), cause) where resolved_at is null
    do update set times = events.times + excluded.times, last_at = greatest(events.last_at, excluded.last_at)
    returning id, kind, xmax = 0 as "isNew"`;
}

const longestValue = 500;
const longestName = 200;

interface RowValues {
  readonly [name: string]: string | number | null | { readonly [name: string]: string };
}

function rowOf(event: NewEvent, place: number): RowValues {
  const { severity, subjectType } = eventKinds[event.kind];
  const data = Object.fromEntries(
    Object.entries(event.data).map(([name, text]) => [name, storedText(text, longestValue)]),
  );
  return {
    kind: event.kind,
    severity,
    subject_type: subjectType,
    subject_id: storedText(event.subjectId, longestName) || '-',
    client_id: clientIdOrNull(event.clientId),
    reseller_id: event.resellerId,
    cause: storedCause(event.cause),
    data,
    email_group: storedText(emailGroupOf(event.kind, storedCause(event.cause), data), 2 * longestName),
    at: new Date(event.atMs).toISOString(),
    place,
  };
}

/** A signal may name a client in any form. */
function clientIdOrNull(id: string | null): string | null {
  return id !== null && /^[1-9]\d{0,17}$/.test(id) ? id : null;
}

/** A cause as the table holds it: a long one is cut, and stays different from others that begin alike. */
export function storedCause(cause: string): string {
  const text = storedText(cause, Number.MAX_SAFE_INTEGER);
  return text.length <= longestName ? text || '-' : `${storedText(text, longestName)} ${fingerprint(text)}`;
}

/** PostgreSQL takes no NUL and no half of a character; other control characters would spoil lists and emails. */
function storedText(text: string, longest: number): string {
  const clean = withoutControls(text);
  return clean.length <= longest ? clean : `${withoutControls(clean.slice(0, longest - 1)).trimEnd()}…`;
}

function withoutControls(text: string): string {
  return text.replace(/[\p{Cc}\p{Cs}]/gu, ' ');
}
