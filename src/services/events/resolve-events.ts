import { countSelectedEvents, resolveSelectedEvents, type EventSelection } from '../../storage/events/resolve-event.js';
import { change, recordedAll, type Requester } from '../change.js';
import { resolvedEventEntry } from './resolved-event-entry.js';

/** This many take about a second; a caller that has more repeats the request. */
export const maxResolvedAtOnce = 10_000;

interface ResolvedEvents {
  readonly resolved: number;
  /** open events of the selection that are left */
  readonly remaining: number;
}

/**
 * Resolves open events together for a person, each with its own audit row. What others resolved first, or the caller does
 * not see, is left out.
 */
export function resolveEvents(
  requester: Requester,
  selection: EventSelection,
  reason: string,
): Promise<ResolvedEvents> {
  const { scope, actor, now } = requester;
  return change(requester, async (tx) => {
    const resolution = { by: actor.id, reason, at: new Date(now) };
    const events = await resolveSelectedEvents(tx, scope, selection, resolution, maxResolvedAtOnce);
    const remaining = events.length < maxResolvedAtOnce ? 0 : await countSelectedEvents(tx, scope, selection);
    const entries = events.map((event) => resolvedEventEntry(event, reason));
    return recordedAll({ resolved: events.length, remaining }, entries);
  });
}
