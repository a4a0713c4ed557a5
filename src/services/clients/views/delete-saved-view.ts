import { DomainError } from '../../../domain/errors.js';
import { deleteSavedViewRow, lockSavedView, type SavedView } from '../../../storage/clients/saved-views.js';
import { change, recorded, type Precondition, type Requester } from '../../change.js';
import { savedViewEntry } from './saved-view-entry.js';
import { viewCallerOf } from './view-caller.js';

/**
 * Deletes one of the requester's own views.
 *
 * @throws DomainError `not_found` also for a view of another user
 */
export function deleteSavedView(
  requester: Requester,
  id: string,
  precondition: Precondition<SavedView>,
): Promise<void> {
  return change(requester, async (tx) => {
    const before = await lockSavedView(tx, viewCallerOf(requester), id);
    if (!before) throw new DomainError('not_found', `you have no view ${id}`, '/path/id');
    precondition(before);
    await deleteSavedViewRow(tx, id);
    return recorded(undefined, savedViewEntry('saved_view.delete', before, null));
  });
}
