import { DomainError } from '../../../domain/errors.js';
import { lockSavedView, updateSavedViewRow, type SavedView } from '../../../storage/clients/saved-views.js';
import { change, recorded, type Precondition, type Requester } from '../../change.js';
import { savedViewEntry } from './saved-view-entry.js';
import { viewCallerOf } from './view-caller.js';

/** Fields that are absent stay; a view stays on its page. */
interface SavedViewPatch {
  readonly name?: string | undefined;
  readonly query?: string | undefined;
  readonly shared?: boolean | undefined;
}

/**
 * Changes one of the requester's own views.
 *
 * @throws DomainError `not_found` also for a view of somebody else; `already_exists` as for `createSavedView`
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
    const after = await updateSavedViewRow(tx, id, {
      page: before.page,
      name: patch.name ?? before.name,
      query: patch.query ?? before.query,
      shared: patch.shared ?? before.shared,
    });
    return recorded(after, savedViewEntry('saved_view.update', before, after));
  });
}
