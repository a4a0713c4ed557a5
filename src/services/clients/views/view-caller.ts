import type { ViewCaller } from '../../../storage/clients/saved-views.js';
import type { Requester } from '../../change.js';

/** A view belongs to its creator, a user or a key, not to a reseller. */
export function viewCallerOf({ actor, scope }: Requester): ViewCaller {
  return { owner: actor.id, resellerId: scope.resellerId };
}
