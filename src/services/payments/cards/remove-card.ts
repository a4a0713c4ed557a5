import { DomainError } from '../../../domain/errors.js';
import { findOpenPayment, markOutcome } from '../../../storage/payments/card-payments.js';
import { clearCard, findPayer } from '../../../storage/payments/auto-payments.js';
import { readSealedGateway } from '../../../storage/payments/payment-gateways.js';
import { enqueueSignal } from '../../../storage/monitoring/outbox.js';
import { change, recorded, type Requester } from '../../change.js';
import { askGateway, openGateway, type GatewayAccess } from '../gateways/gateway-access.js';
import { faceOf } from './register-card.js';
import { autoPaymentEntry, livePayer, refuseInFlight, requirePayer } from './require-payer.js';

/**
 * Removes the client's card here, then at the gateway. Payments that wait are canceled.
 * A panel user's role sees no gateway: call this in the scope of the service, for the panel user's own client.
 *
 * @throws DomainError `not_found`, `client_deleted`, `auto_payment_no_card`; `auto_payment_in_flight` while a charge's
 * outcome is not known; `gateway_unavailable`: the card is removed here, and is still at the gateway
 */
export async function removeCard(
  requester: Requester,
  access: GatewayAccess,
  clientId: string,
  reason: string | null,
): Promise<void> {
  const { scope, now } = requester;
  const card = await change(requester, async (tx) => {
    const before = await requirePayer(tx, requester, clientId);
    if (!before.card) throw new DomainError('auto_payment_no_card', 'the client has no card');
    await refuseInFlight(tx, clientId);
    const at = new Date(now);
    for (let open = await findOpenPayment(tx, clientId); open; open = await findOpenPayment(tx, clientId)) {
      await markOutcome(tx, open.id, { status: 'cancelled', at, reason: 'no_card' });
    }
    await clearCard(tx, clientId);
    await enqueueSignal(tx, clientId, 'configurationChanged');
    return recorded(before.card, autoPaymentEntry('card.remove', clientId, reason, faceOf(before.card), null));
  });
  const gateway = await scope.read(async (q) => {
    livePayer(await findPayer(q, scope.resellerId, clientId, now), clientId);
    return readSealedGateway(q, card.gatewayId);
  });
  if (gateway) await askGateway(() => openGateway(access, gateway).deleteCard(card));
}
