import { hourMs } from '../../../domain/durations.js';
import { DomainError } from '../../../domain/errors.js';
import { unfreeze } from '../../../storage/payments/auto-payments.js';
import { enqueueSignal } from '../../../storage/monitoring/outbox.js';
import { change, recorded, type Requester } from '../../change.js';
import { autoPaymentEntry, requirePayer } from '../cards/require-payer.js';
import { resolveFrozen } from './payment-events.js';

/** The client itself may do it so long after the freeze. */
const clientWaitMs = hourMs;

/**
 * Lets automatic payments begin again: a client that is low is charged at once.
 *
 * @param byClient the client itself, in its panel: not within 1 hour of the freeze, and not after a chargeback
 * @throws DomainError `not_found`, `client_deleted`, `auto_payment_not_frozen`, `auto_payment_no_card`,
 * `auto_payment_in_flight` (too early for the client)
 */
export function unfreezeAutoPayment(
  requester: Requester,
  clientId: string,
  { reason, byClient = false }: { readonly reason: string | null; readonly byClient?: boolean },
): Promise<void> {
  const { now } = requester;
  return change(requester, async (tx) => {
    const { frozenAt, frozenReason, card } = await requirePayer(tx, requester, clientId);
    if (frozenAt === null) throw new DomainError('auto_payment_not_frozen', 'auto payment of the client is not frozen');
    if (!card) throw new DomainError('auto_payment_no_card', 'the client has no card: register one instead');
    if (byClient && (frozenReason === 'chargeback' || frozenReason === 'unknown' || frozenReason === 'staff')) {
      throw new DomainError('auto_payment_not_frozen', 'only staff can unfreeze auto payment now');
    }
    if (byClient && frozenAt.getTime() + clientWaitMs > now) {
      throw new DomainError('auto_payment_in_flight', 'try again 1 hour after the card was declined');
    }
    await unfreeze(tx, clientId);
    await resolveFrozen(tx, clientId, now, 'Auto payment was unfrozen');
    await enqueueSignal(tx, clientId, 'configurationChanged');
    const before = { frozen: frozenReason };
    return recorded(undefined, autoPaymentEntry('auto_payment.unfreeze', clientId, reason, before, { frozen: null }));
  });
}
