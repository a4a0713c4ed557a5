import type { ResolvedEvent } from '../../storage/events/resolve-event.js';
import type { ChangeEntry } from '../change.js';

/** The audit row of an event that a person has resolved. */
export function resolvedEventEntry(event: ResolvedEvent, reason: string): ChangeEntry {
  const { id, kind, subjectId, times, clientId, resellerId } = event;
  return {
    action: 'event.resolve',
    subjectType: 'event',
    subjectId: id,
    clientId,
    resellerId,
    reason,
    before: { kind, subjectId, times, status: 'open' },
    after: { kind, subjectId, times, status: 'resolved' },
  };
}
