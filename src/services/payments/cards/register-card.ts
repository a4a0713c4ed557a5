import { hourMs } from '../../../domain/durations.js';
import { DomainError } from '../../../domain/errors.js';
import { isCardExpired } from '../../../domain/payments/card-payments.js';
import type { HostedForm } from '../../../domain/payments/gateway.js';
import {
  findPayer,
  findRegistration,
  finishRegistration,
  insertRegistration,
  setCard,
  type ClientCard,
} from '../../../storage/payments/auto-payments.js';
import { gatewayOfClient, readSealedGateway } from '../../../storage/payments/payment-gateways.js';
import { enqueueSignal } from '../../../storage/monitoring/outbox.js';
import { change, recorded, unchanged, unrecorded, type Requester } from '../../change.js';
import { resolveFrozen } from '../charges/payment-events.js';
import { askGateway, openGateway, type GatewayAccess } from '../gateways/gateway-access.js';
import { autoPaymentEntry, livePayer, refuseInFlight, requirePayer } from './require-payer.js';

/** A form of the gateway is valid so long. */
const formMs = hourMs;

export interface StartedRegistration {
  /** by which `finishCardRegistration` finds it */
  readonly id: string;
  readonly form: Omit<HostedForm, 'reference'>;
  readonly expiresAt: Date;
}

/**
 * Opens a page of the client's gateway in which the client, or a user for it, enters a card. No card number reaches
 * Lowwater. The gateway sends the browser to `returnUrl` afterwards; then call `finishCardRegistration`.
 * A panel user's role sees no gateway: call this in the scope of the service, for the panel user's own client.
 *
 * @throws DomainError `not_found`, `client_deleted`, `no_gateway`, `gateway_unavailable`
 */
export async function startCardRegistration(
  requester: Requester,
  access: GatewayAccess,
  clientId: string,
  { returnUrl }: { readonly returnUrl: string },
): Promise<StartedRegistration> {
  const { scope, now } = requester;
  const gateway = await scope.read(async (q) => {
    livePayer(await findPayer(q, scope.resellerId, clientId, now), clientId);
    return gatewayOfClient(q, clientId);
  });
  if (!gateway) {
    throw new DomainError('no_gateway', 'neither the client’s reseller nor one above it has an active payment gateway');
  }
  const { reference, ...form } = await askGateway(() =>
    openGateway(access, gateway).startRegistration({ customer: `client-${clientId}`, returnUrl }),
  );
  const expiresAt = new Date(now + formMs);
  const id = await change(requester, async (tx) => {
    await requirePayer(tx, requester, clientId);
    const row = { clientId, gatewayId: gateway.id, reference, createdAt: new Date(now), expiresAt };
    // Nothing is registered yet: the card is what is recorded.
    return unrecorded(await insertRegistration(tx, row));
  });
  return { id, form, expiresAt };
}

/**
 * Takes up the card that was entered, in place of the one before, and lifts a freeze. Repeated, it changes nothing.
 *
 * @throws DomainError `not_found` (client, registration), `card_not_entered` (also too late), `card_expired`,
 * `auto_payment_in_flight`, `no_gateway`, `gateway_unavailable`
 */
export async function finishCardRegistration(
  requester: Requester,
  access: GatewayAccess,
  clientId: string,
  registrationId: string,
): Promise<ClientCard> {
  const { scope, now } = requester;
  const found = await scope.read(async (q) => {
    const payer = livePayer(await findPayer(q, scope.resellerId, clientId, now), clientId);
    const registration = await findRegistration(q, clientId, registrationId);
    const gateway = registration && (await readSealedGateway(q, registration.gatewayId));
    return { payer, registration, gateway };
  });
  const { registration, gateway } = found;
  if (!registration) {
    throw new DomainError('not_found', `there is no card registration ${registrationId}`, '/path/registrationId');
  }
  if (registration.finishedAt && found.payer.card) return found.payer.card;
  if (registration.expiresAt.getTime() <= now) {
    throw new DomainError('card_not_entered', 'the form has expired: start another registration');
  }
  if (!gateway) throw new DomainError('no_gateway', 'the payment gateway is gone: start another registration');
  const card = await askGateway(() => openGateway(access, gateway).finishRegistration(registration.reference));
  if (!card) throw new DomainError('card_not_entered', 'the gateway has no card of this client yet');
  if (isCardExpired(card.expires, now)) {
    throw new DomainError('card_expired', `the card expired at the end of ${card.expires}: enter another one`);
  }
  return change<ClientCard>(requester, async (tx) => {
    const before = await requirePayer(tx, requester, clientId);
    const again = await findRegistration(tx, clientId, registrationId);
    if (again?.finishedAt && before.card) return unchanged(before.card);
    await refuseInFlight(tx, clientId);
    const at = new Date(now);
    await setCard(tx, before, gateway.id, card, at);
    await finishRegistration(tx, registrationId, at);
    await resolveFrozen(tx, clientId, now, 'Another card was registered');
    await enqueueSignal(tx, clientId, 'configurationChanged');
    const entry = autoPaymentEntry('card.register', clientId, null, before.card && faceOf(before.card), faceOf(card));
    return recorded({ ...card, gatewayId: gateway.id, registeredAt: at }, entry);
  });
}

export function faceOf({
  brand,
  last4,
  expires,
}: Pick<ClientCard, 'brand' | 'last4' | 'expires'>): Record<string, unknown> {
  return { brand, last4, expires };
}
