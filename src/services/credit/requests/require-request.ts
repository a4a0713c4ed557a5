import { DomainError } from '../../../domain/errors.js';
import { findCreditRequest } from '../../../storage/credit/credit-requests-read.js';
import { lockCreditRequest, type CreditRequestRow } from '../../../storage/credit/credit-requests.js';
import type { CreditClient } from '../../../storage/credit/temporary-credit-rows.js';
import type { Transaction } from '../../../storage/system/database.js';
import { toSecond } from '../../../domain/monitoring/schedule.js';
import type { Requester } from '../../change.js';
import { requireCreditClient } from '../require-grant.js';

/** Who decides, besides what the requester says: the user behind a key. */
export interface Person {
  /** null: a key without an owner */
  readonly userId: string | null;
}

interface OpenRequest {
  readonly client: CreditClient;
  readonly request: CreditRequestRow;
}

/**
 * A request that waits for its decision, and its client; both locked, the client first as everywhere.
 *
 * @throws DomainError `not_found`, `credit_request_closed`
 */
export async function requirePendingRequest(
  tx: Transaction,
  { scope, now }: Requester,
  id: string,
): Promise<OpenRequest> {
  const seen = await findCreditRequest(tx, scope.resellerId, id);
  if (!seen) throw new DomainError('not_found', `there is no credit request ${id}`, '/path/id');
  const client = await requireCreditClient(tx, seen.clientId);
  const request = await lockCreditRequest(tx, id);
  if (!request || request.status !== 'pending' || request.expiresAt.getTime() <= toSecond(now)) {
    const status = request?.status ?? seen.status;
    throw new DomainError(
      'credit_request_closed',
      `the credit request is ${status === 'pending' ? 'expired' : status}: read it again`,
    );
  }
  return { client, request };
}

/** Whether it was this requester who asked, itself or with a key. */
export function isOwnRequest(request: CreditRequestRow, { actor }: Requester, { userId }: Person): boolean {
  return request.requestedBy === actor.id || (userId !== null && request.requesterUserId === userId);
}
