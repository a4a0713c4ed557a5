import { DomainError } from '../../../domain/errors.js';
import { toSecond } from '../../../domain/monitoring/schedule.js';
import { decideCreditRequest, type CreditRequestRow } from '../../../storage/credit/credit-requests.js';
import { change, recorded, type Precondition, type Requester } from '../../change.js';
import { creditRequestEntry, resolveRequested } from './credit-request-entry.js';
import { isOwnRequest, requirePendingRequest, type Person } from './require-request.js';

/**
 * Ends a request without credit: it is refused, or withdrawn by who made it.
 *
 * @throws DomainError `not_found`, `credit_request_closed`, `not_own_request` (to withdraw that of another)
 */
export function endCreditRequest(
  requester: Requester,
  id: string,
  ending: { readonly status: 'refused' | 'withdrawn'; readonly reason: string | null } & Person,
  precondition: Precondition<CreditRequestRow>,
): Promise<CreditRequestRow> {
  const { status, reason } = ending;
  const atMs = toSecond(requester.now);
  return change(requester, async (tx) => {
    const { request: before } = await requirePendingRequest(tx, requester, id);
    precondition(before);
    if (status === 'withdrawn' && !isOwnRequest(before, requester, ending)) {
      throw new DomainError('not_own_request', 'another user made this request: refuse it instead');
    }
    const after = await decideCreditRequest(tx, id, { status, by: requester.actor.id, atMs, reason });
    await resolveRequested(tx, after, atMs);
    const action = status === 'refused' ? 'credit_request.refuse' : 'credit_request.withdraw';
    return recorded(after, creditRequestEntry(action, reason, before, after));
  });
}
