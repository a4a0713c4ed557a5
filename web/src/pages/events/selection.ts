import { serverNow } from '../../api/transport';
import { resolved, type Filters } from '../../list/request';
import type { Selection } from '../../list/selection';
import { eventText } from '../../ui/text/event-text';
import { eventsList } from './events-list';
import type { Event } from './queries';
import type { ToResolve } from './ResolveDialog';

/**
 * All open events that filters find. What opens while the dialog is asking is not among them: no one resolves what they
 * have not seen.
 */
export function matching(filters: Filters, n: number, what?: string): ToResolve {
  const now = serverNow();
  const query = resolved(eventsList, { to: new Date(now).toISOString(), ...filters }, now);
  return {
    selection: { query: new URLSearchParams(query).toString() },
    n,
    ...(what !== undefined && { what }),
  };
}

export function selectedEvents(selection: Selection<Event>): ToResolve {
  if (selection.kind === 'all') return matching(selection.filters, selection.total);
  const rows = [...selection.rows.values()];
  return { selection: { ids: rows.map(({ id }) => id) }, n: rows.length, ...oneText(rows) };
}

function oneText(rows: readonly Event[]): Pick<ToResolve, 'what'> {
  const [only, ...others] = rows;
  return only && others.length === 0 ? { what: eventText(only) } : {};
}
