import type { RuleEffect } from '../../domain/monitoring/actions/effects.js';
import { autoPaymentKey } from '../../domain/payments/card-payments.js';
import type { Transaction } from '../system/database.js';
import { findOpenPayment, insertAutoPayment, markOutcome, nextPaymentNumber } from './card-payments.js';

/**
 * Writes an automatic payment that the monitor decided, with its key, before any gateway is asked: once for each decision,
 * however often it is written. It takes the place of one that still waits. Its workflow charges the card.
 */
export async function writeAutoPayment(
  tx: Transaction,
  clientId: string,
  at: number,
  { episode, number: decision, available, threshold }: RuleEffect & { readonly kind: 'charge' },
): Promise<void> {
  const [client] = await tx<{ currency: string; isKnown: boolean }[]>`
    select c.currency, exists (select 1 from card_payments k
      where k.client_id = c.id and k.episode = ${episode} and k.decision = ${decision}) as "isKnown"
    from clients c where c.id = ${clientId}`;
  if (!client || client.isKnown) return;
  const decidedAt = new Date(at);
  const waiting = await findOpenPayment(tx, clientId, { origin: 'auto', statuses: ['waiting'] });
  if (waiting) await markOutcome(tx, waiting.id, { status: 'cancelled', at: decidedAt, reason: 'superseded' });
  const number = await nextPaymentNumber(tx, clientId, episode);
  await insertAutoPayment(tx, {
    clientId,
    currency: client.currency,
    requestedBy: 'system',
    decidedAt,
    notBefore: decidedAt,
    key: autoPaymentKey(clientId, episode, number),
    episode,
    number,
    decision,
    threshold,
    available,
  });
}
