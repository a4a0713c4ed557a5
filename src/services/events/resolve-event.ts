import { DomainError } from '../../domain/errors.js';
import { lockEvent } from '../../storage/events/event-list.js';
import { resolveEventRow } from '../../storage/events/resolve-event.js';
import { change, recorded, type Requester } from '../change.js';
import { resolvedEventEntry } from './resolved-event-entry.js';

/**
 * Resolves an open event for a person. The same cause opens a new event when it occurs again.
 *
 * @throws DomainError `not_found` also for an event of another reseller; `conflict` when it is resolved already
 */
export function resolveEvent(requester: Requester, id: string, reason: string): Promise<void> {
  return change(requester, async (tx) => {
    const event = await lockEvent(tx, requester.scope, id);
    if (!event) throw new DomainError('not_found', `there is no event ${id}`, '/path/id');
    if (event.resolvedAt) {
      throw new DomainError(
        'conflict',
        'the event is already resolved: read it to see who resolved it and why',
        '/path/id',
      );
    }
    await resolveEventRow(tx, id, { by: requester.actor.id, reason, at: new Date(requester.now) });
    return recorded(undefined, resolvedEventEntry(event, reason));
  });
}
