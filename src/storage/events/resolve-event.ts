import type { EventKind } from '../../domain/events/events.js';
import type { Queries, Transaction } from '../system/database.js';
import { eventConditions, eventTables, visibleEvent, type EventFilter, type EventReader } from './event-filter.js';
import { storedCause } from './raise-event.js';

/** How an event ended. */
interface Resolution {
  /** `system`, `user:<id>`, `key:<id>` */
  readonly by: string;
  readonly reason: string;
  readonly at: Date;
}

/** All events of a kind, of these causes, or about one subject. */
interface OpenEvents {
  readonly kind: EventKind;
  readonly cause?: string | readonly string[];
  readonly subjectId?: string;
}

/** Resolves what is open, of whichever reseller. Call it in the transaction in which the cause ends. */
export async function resolveOpenEvents(
  q: Queries,
  { kind, cause, subjectId }: OpenEvents,
  resolution: Omit<Resolution, 'by'>,
): Promise<void> {
  await q`
    update events set ${resolved(q, { ...resolution, by: 'system' })}
    where kind = ${kind} and resolved_at is null
      ${cause === undefined ? q`` : q`and cause = any(${causesOf(cause)})`}
      ${subjectId === undefined ? q`` : q`and subject_id = ${subjectId}`}`;
}

function causesOf(cause: string | readonly string[]): string[] {
  return (typeof cause === 'string' ? [cause] : cause).map(storedCause);
}

/** Resolves one event for a person. Call it on a locked row that is open. */
export async function resolveEventRow(tx: Transaction, id: string, resolution: Resolution): Promise<void> {
  await tx`update events set ${resolved(tx, resolution)} where id = ${id}`;
}

/** Open events that a person resolves together: these, or all that match. */
export type EventSelection = { readonly ids: readonly string[] } | { readonly filter: EventFilter };

/** What the audit log says of an event that was resolved. */
export interface ResolvedEvent {
  readonly id: string;
  readonly kind: EventKind;
  readonly subjectId: string;
  readonly times: number;
  readonly clientId: string | null;
  readonly resellerId: string | null;
}

/**
 * Resolves up to `limit` open events that the caller sees. They are locked in the order in which `raiseEvents` writes
 * them, so that the two wait for each other and never deadlock.
 */
export async function resolveSelectedEvents(
  tx: Transaction,
  caller: EventReader,
  selection: EventSelection,
  resolution: Resolution,
  limit: number,
): Promise<ResolvedEvent[]> {
  return tx<ResolvedEvent[]>`
    with wanted as (
      select e.id from ${eventTables(tx)} where ${selected(tx, caller, selection)}
      order by e.kind, e.cause, e.reseller_id limit ${limit} for update of e
    )
    update events e set ${resolved(tx, resolution)}
    from wanted where e.id = wanted.id
    returning e.id, e.kind, e.subject_id as "subjectId", e.times, e.client_id as "clientId", e.reseller_id as "resellerId"`;
}

/** How many open events of a selection the caller sees. */
export async function countSelectedEvents(q: Queries, caller: EventReader, selection: EventSelection): Promise<number> {
  const [row] = await q<{ events: number }[]>`
    select count(*)::int as events from ${eventTables(q)} where ${selected(q, caller, selection)}`;
  return row?.events ?? 0;
}

function selected(q: Queries, caller: EventReader, selection: EventSelection): ReturnType<Queries> {
  const asked =
    'ids' in selection
      ? q`e.id = any (${[...selection.ids]}::bigint[]) and ${visibleEvent(q, caller)}`
      : eventConditions(q, caller, selection.filter);
  return q`${asked} and e.resolved_at is null`;
}

/** An event that was raised a moment ago, by another clock, does not end before it began. */
function resolved(q: Queries, { by, reason, at }: Resolution): ReturnType<Queries> {
  return q`resolved_at = greatest(${at}, first_at), resolved_by = ${by}, resolved_reason = ${reason}`;
}
