import type { EventKind } from '../../domain/events.js';
import type { Queries, Transaction } from '../system/database.js';
import { storedCause } from './raise-event.js';

/** How an event ended. */
interface Resolution {
  /** `system`, `user:<id>`, `key:<id>` */
  readonly by: string;
  readonly reason: string;
  readonly at: Date;
}

/** All events of a kind, of one cause, or about one subject. */
interface ResolvedEvents {
  readonly kind: EventKind;
  readonly cause?: string;
  readonly subjectId?: string;
}

/** Resolves what is open, of whichever reseller. Call it in the transaction in which the cause ends. */
export async function resolveEvents(
  q: Queries,
  { kind, cause, subjectId }: ResolvedEvents,
  resolution: Omit<Resolution, 'by'>,
): Promise<void> {
  await q`
    update events set ${resolved(q, { ...resolution, by: 'system' })}
    where kind = ${kind} and resolved_at is null
      ${cause === undefined ? q`` : q`and cause = ${storedCause(cause)}`}
      ${subjectId === undefined ? q`` : q`and subject_id = ${subjectId}`}`;
}

/** Resolves one event for a person. Call it on a locked row that is open. */
export async function resolveEventRow(tx: Transaction, id: string, resolution: Resolution): Promise<void> {
  await tx`update events set ${resolved(tx, resolution)} where id = ${id}`;
}

function resolved(q: Queries, { by, reason, at }: Resolution): ReturnType<Queries> {
  return q`resolved_at = ${at}, resolved_by = ${by}, resolved_reason = ${reason}`;
}
