import { DomainError } from '../../../domain/errors.js';
import { applyPatch, type Patch } from '../../../domain/patch.js';
import {
  lockSavedView,
  updateSavedViewRow,
  type SavedView,
  type SavedViewFields,
} from '../../../storage/clients/saved-views.js';
import { change, recorded, type Precondition, type Requester } from '../../change.js';
import { savedViewEntry } from './saved-view-entry.js';
import { viewCallerOf } from './view-caller.js';

/** A view stays on its page. */
type SavedViewPatch = Patch<Omit<SavedViewFields, 'page'>>;

/**
 * Changes one of the requester's own views.
 *
 * @throws DomainError `not_found` also for a view of another user; `already_exists` as for `createSavedView`
 */
export function updateSavedView(
  requester: Requester,
  id: string,
  patch: SavedViewPatch,
  precondition: Precondition<SavedView>,
): Promise<SavedView> {
  return change(requester, async (tx) => {
    const before = await lockSavedView(tx, viewCallerOf(requester), id);
    if (!before) throw new DomainError('not_found', `you have no view ${id}`, '/path/id');
    precondition(before);
    const after = await updateSavedViewRow(tx, id, applyPatch<SavedViewFields>(before, patch));
    return recorded(after, savedViewEntry('saved_view.update', before, after));
  });
}
