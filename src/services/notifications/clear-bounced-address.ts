import { DomainError } from '../../domain/errors.js';
import { resolveOpenEvents } from '../../storage/events/resolve-event.js';
import {
  clearAddress,
  findBouncedAddress,
  lockBouncedAddress,
  type BouncedAddressRow,
} from '../../storage/notifications/bounces.js';
import { change, recorded, type Requester } from '../change.js';

/**
 * Says that an address works again; its event is resolved. The next bounce marks it again.
 *
 * @throws DomainError `not_found`; `conflict` where it is cleared already
 */
export function clearBouncedAddress(requester: Requester, id: string, reason: string): Promise<BouncedAddressRow> {
  const { scope, actor, now } = requester;
  return change(requester, async (tx) => {
    const before = await lockBouncedAddress(tx, scope.resellerId, id);
    if (!before) throw new DomainError('not_found', `there is no bounced address ${id}`, '/path/id');
    if (before.clearedAt) {
      throw new DomainError(
        'conflict',
        'the address is cleared already: read it to see who did so and why',
        '/path/id',
      );
    }
    const at = new Date(now);
    await clearAddress(tx, id, { at, by: actor.id, reason });
    await resolveOpenEvents(tx, { kind: 'email.bounced', subjectId: id }, { reason, at });
    const after = await findBouncedAddress(tx, scope.resellerId, id);
    if (!after) throw new TypeError('a row that was just written is there');
    return recorded(after, {
      action: 'email_address.clear',
      subjectType: 'email_address',
      subjectId: id,
      clientId: before.clientId,
      resellerId: before.resellerId,
      reason,
      before: { bounced: true },
      after: { bounced: false },
    });
  });
}
