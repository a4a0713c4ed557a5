import { formatMoney, parseMoney } from '../../domain/money.js';
import { updateCreditLimit } from '../../storage/credit/credit-limit.js';
import { enqueueSignal } from '../../storage/monitoring/outbox.js';
import type { Transaction } from '../../storage/system/database.js';
import type { ChangeEntry, Requester } from '../change.js';

/**
 * Sets a client's permanent credit limit within the transaction of another change: its history row and the signal to the
 * monitor. The caller records the entry.
 *
 * @param limit decimal string in the client's currency; may be negative
 * @returns null where it was that already, and nothing was written
 * @throws DomainError `invalid` for what is no amount
 */
export async function limitCredit(
  tx: Transaction,
  { actor, now }: Requester,
  clientId: string,
  { limit, reason }: { readonly limit: string; readonly reason: string },
): Promise<ChangeEntry | null> {
  const creditLimit = formatMoney(parseMoney(limit, '/creditLimit'));
  const changed = await updateCreditLimit(tx, { clientId, creditLimit, actorId: actor.id, reason, atMs: now });
  if (!changed) return null;
  await enqueueSignal(tx, clientId, 'balanceChanged');
  return {
    action: 'credit_limit.set',
    subjectType: 'client',
    subjectId: clientId,
    clientId,
    reason,
    before: { creditLimit: changed.before },
    after: { creditLimit },
  };
}
