import type { FreezeReason } from '../../../domain/payments/card-payments.js';
import { enqueueSignal } from '../../../storage/monitoring/outbox.js';
import { freeze, type Payer } from '../../../storage/payments/auto-payments.js';
import { setNotice, type CardPaymentRow } from '../../../storage/payments/card-payments.js';
import type { Transaction } from '../../../storage/system/database.js';
import type { Requester } from '../../change.js';
import { raiseFrozen } from './payment-events.js';

/** Automatic payments end until a new card, the client, or staff begins them again. Frozen already: nothing. */
export async function freezePayments(
  tx: Transaction,
  { now }: Requester,
  payer: Payer,
  payment: Pick<CardPaymentRow, 'id'> | null,
  reason: FreezeReason,
  decline = '',
): Promise<void> {
  if (payer.frozenAt !== null) return;
  await freeze(tx, payer.clientId, reason, new Date(now));
  await raiseFrozen(tx, payer, reason, now, decline);
  if (payment) await setNotice(tx, payment.id, 'auto_payment_frozen');
  await enqueueSignal(tx, payer.clientId, 'configurationChanged');
}
