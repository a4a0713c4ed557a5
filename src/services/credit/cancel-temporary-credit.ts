import type { CancelGrantInput, GrantRecord } from '../../contract/temporary-credit.js';
import { moneyOf } from '../../domain/money.js';
import { toSecond } from '../../domain/monitoring/schedule.js';
import {
  addGrantHistory,
  endGrant,
  findGrantChangedBy,
  toGrantRecord,
} from '../../storage/credit/temporary-credit-rows.js';
import { change, recorded, unchanged, type Requester } from '../change.js';
import { grantEntry } from './grant-entry.js';
import { requireCreditClient, requireOpenGrant } from './require-grant.js';

/**
 * Cancels a temporary credit before its end, or before it begins. The same request id cancels it once.
 *
 * @throws DomainError `not_found`, `credit_not_open`, `conflict`.
 */
export function cancelTemporaryCredit(
  requester: Requester,
  clientId: string,
  asked: Omit<CancelGrantInput, 'actor'>,
): Promise<GrantRecord> {
  const atMs = toSecond(requester.now);
  return change(requester, async (tx) => {
    const client = await requireCreditClient(tx, clientId);
    const same = await findGrantChangedBy(tx, clientId, asked, 'cancelled');
    if (same) return unchanged(toGrantRecord(same));
    const before = await requireOpenGrant(tx, clientId, asked, atMs);
    const after = await endGrant(tx, before.id, 'cancelled', atMs);
    await addGrantHistory(tx, after, {
      kind: 'cancelled',
      limit: client.creditLimit,
      was: before.status === 'active' ? moneyOf(before.amount) : 0n,
      is: 0n,
      atMs,
      actorId: requester.actor.id,
      reason: asked.reason,
      requestId: asked.requestId,
    });
    return recorded(toGrantRecord(after), grantEntry('temporary_credit.cancel', asked.reason, before, after));
  });
}
