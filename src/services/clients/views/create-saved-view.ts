import { insertSavedView, type SavedView, type SavedViewFields } from '../../../storage/clients/saved-views.js';
import { change, recorded, type Requester } from '../../change.js';
import { savedViewEntry } from './saved-view-entry.js';
import { viewCallerOf } from './view-caller.js';

/**
 * Saves a view of a page for the requester.
 *
 * @throws DomainError `already_exists` for a name that the requester has on this page
 */
export function createSavedView(requester: Requester, view: SavedViewFields): Promise<SavedView> {
  return change(requester, async (tx) => {
    const row = await insertSavedView(tx, viewCallerOf(requester), view);
    return recorded(row, savedViewEntry('saved_view.create', null, row));
  });
}
