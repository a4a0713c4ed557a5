import { DomainError } from '../../domain/errors.js';
import { applyPatch, type Patch } from '../../domain/patch.js';
import {
  lockReseller,
  signalClientsOfReseller,
  updateResellerRow,
  type ResellerFields,
  type ResellerRow,
} from '../../storage/resellers/resellers.js';
import { change, recorded, type Precondition, type Requester } from '../change.js';
import { resellerEntry } from './reseller-entry.js';

/**
 * Changes some fields of a reseller or a manager. Another email is another recipient of its clients' notifications:
 * their monitors are signaled.
 *
 * @throws DomainError `not_found`
 */
export function updateReseller(
  requester: Requester,
  id: string,
  { patch, reason }: { readonly patch: Patch<ResellerFields>; readonly reason: string | null },
  precondition: Precondition<ResellerRow>,
): Promise<ResellerRow> {
  const { resellerId } = requester.scope;
  return change(requester, async (tx) => {
    const before = await lockReseller(tx, resellerId, id);
    if (!before) throw new DomainError('not_found', `there is no reseller ${id}`, '/path/id');
    precondition(before);
    const after = await updateResellerRow(tx, resellerId, id, applyPatch(fieldsOf(before), patch));
    if (before.email !== after.email) await signalClientsOfReseller(tx, id);
    return recorded(after, resellerEntry('reseller.update', reason, before, after));
  });
}

function fieldsOf({ name, email, locale, timezone }: ResellerRow): ResellerFields {
  return { name, email, locale, timezone };
}
