import type { SavedView, SavedViewFields } from '../../../storage/clients/saved-views.js';
import type { ChangeEntry } from '../../change.js';

/** The audit row of a change of a saved view. */
export function savedViewEntry(action: string, before: SavedView | null, after: SavedView | null): ChangeEntry {
  const subject = after ?? before;
  if (!subject) throw new TypeError('a change has a view before it or after it');
  return {
    action,
    subjectType: 'saved_view',
    subjectId: subject.id,
    resellerId: subject.resellerId,
    before: before && fieldsOf(before),
    after: after && fieldsOf(after),
  };
}

function fieldsOf({ page, name, query, shared }: SavedView): SavedViewFields & Record<string, unknown> {
  return { page, name, query, shared };
}
