import { requireLimitDigits } from '../../domain/credit/limit-digits.js';
import { DomainError } from '../../domain/errors.js';
import { formatMoney, moneyOf, parseMoney } from '../../domain/money.js';
import { lockCreditLimit, updateCreditLimit } from '../../storage/credit/credit-limit.js';
import { enqueueSignal } from '../../storage/monitoring/outbox.js';
import type { Transaction } from '../../storage/system/database.js';
import type { ChangeEntry, Requester } from '../change.js';
import { requireLimitAllowed } from './require-limit-allowed.js';

/**
 * Sets a client's permanent credit limit within the transaction of another change: its history row and the signal to the
 * monitor. The caller records the entry.
 *
 * @param limit decimal string in the client's currency; may be negative
 * @param reason null: none was given, and a change of the limit is refused
 * @returns null where it was that already, and nothing was written
 * @throws DomainError `invalid` for what is no amount, has too many digits, or without a reason; `credit_above_maximum`, `no_rate` for a limit
 * that is raised above the requester's maximum
 */
export async function limitCredit(
  tx: Transaction,
  requester: Requester,
  clientId: string,
  { limit, reason }: { readonly limit: string; readonly reason: string | null },
): Promise<ChangeEntry | null> {
  const { actor, now, origin = 'client' } = requester;
  const wanted = parseMoney(limit, '/creditLimit');
  requireLimitDigits(wanted);
  const creditLimit = formatMoney(wanted);
  const before = await lockCreditLimit(tx, clientId);
  if (moneyOf(before.creditLimit) === moneyOf(creditLimit)) return null;
  if (reason === null) {
    throw new DomainError('invalid', 'must say why the credit limit changes', '/reason');
  }
  if (moneyOf(creditLimit) > moneyOf(before.creditLimit)) {
    await requireLimitAllowed(tx, requester, { limit: creditLimit, currency: before.currency });
  }
  const changed = await updateCreditLimit(tx, { clientId, creditLimit, actorId: actor.id, reason, atMs: now });
  if (!changed) return null;
  await enqueueSignal(tx, clientId, 'balanceChanged', { origin });
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
