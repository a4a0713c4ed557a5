import { DomainError } from '../../../../domain/errors.js';
import { removeCard } from '../../../../services/payments/cards/remove-card.js';
import { finishCardRegistration, startCardRegistration } from '../../../../services/payments/cards/register-card.js';
import { countPanelRegistrations, readPanelCard, type PanelCardRow } from '../../../../storage/panel/panel-card.js';
import { gatewayAccessOf } from '../../../access/gateway-access.js';
import { requireOwnAddress } from '../../../access/own-address.js';
import { askForPanel, limitPanelTries, panelPayer, requireCardPayments } from '../../../access/panel-payer.js';
import { created, noContent, ok } from '../../../contract/answers.js';
import { definePanelOperation } from '../../../contract/operation.js';
import { orNull, timeText } from '../../../contract/schemas.js';
import { z } from '../../../contract/zod.js';
import { cardJson } from '../../payments/cards/auto-payment.js';
import { registrationJson, registrationSchema } from '../../payments/cards/registration.js';
import { cardSchema } from '../../payments/cards/schema.js';

const panelCardSchema = z
  .strictObject({
    card: orNull(cardSchema),
    automatic: z.boolean().openapi({ description: 'The card is charged automatically when the balance is low' }),
    frozen: z.boolean().openapi({ description: 'Automatic payments wait until another card is registered' }),
  })
  .openapi('PanelCard');

function panelCardJson(row: PanelCardRow): z.output<typeof panelCardSchema> {
  const { brand, last4, expires, registeredAt, isAutomatic: automatic, isFrozen: frozen } = row;
  const isThere = brand !== null && last4 !== null && expires !== null && registeredAt !== null;
  return { card: isThere ? { brand, last4, expires, registeredAt: timeText(registeredAt) } : null, automatic, frozen };
}

export const readPanelCardOperation = definePanelOperation({
  id: 'readPanelCard',
  method: 'get',
  path: '/v1/panel/card',
  area: 'panel',
  summary: 'Get the own card',
  description: 'Brand, last four digits, and last month: no card number reaches Lowwater.',
  responses: { 200: { description: 'The card', schema: panelCardSchema } },
  async handler({ caller, scope }) {
    const row = await scope.read((q) => readPanelCard(q, caller.clientId));
    if (!row) throw new DomainError('not_found', 'the client is gone');
    return ok(panelCardJson(row));
  },
});

export const startPanelCardOperation = definePanelOperation({
  id: 'startPanelCard',
  method: 'post',
  path: '/v1/panel/card-registrations',
  area: 'panel',
  summary: 'Start registering the own card',
  description:
    'Opens a page of the payment gateway in which the card is entered; no card number reaches Lowwater. The gateway then ' +
    'sends the browser to `returnUrl`, an address of Lowwater’s page. Finish the registration with its id within 1 hour. ' +
    'Up to 10 per hour.',
  whileStopped: true,
  request: {
    body: z
      .strictObject({
        returnUrl: z.string().min(1).max(2000).openapi({ example: 'https://lowwater.example/panel/card' }),
      })
      .openapi('PanelCardRegistrationRequest'),
  },
  example: { returnUrl: 'https://lowwater.example/panel/card' },
  responses: { 201: { description: 'Started', schema: registrationSchema } },
  problems: ['panel_not_allowed', 'gateway_unavailable', 'not_configured'],
  secretAnswer: true,
  async handler({ body, caller, context, scope, now, bound }) {
    requireOwnAddress(context, body.returnUrl);
    await requireCardPayments(scope);
    const { clientId } = caller;
    const payer = panelPayer(context, caller, { now, bound });
    await limitPanelTries(payer, 'card forms', (q, since) => countPanelRegistrations(q, clientId, since));
    const access = gatewayAccessOf(context);
    const started = await askForPanel(() => startCardRegistration(payer, access, clientId, body));
    return created(`/v1/panel/card-registrations/${started.id}`, registrationJson(started));
  },
});

export const finishPanelCardOperation = definePanelOperation({
  id: 'finishPanelCard',
  method: 'post',
  path: '/v1/panel/card-registrations/{registrationId}/finish',
  area: 'panel',
  summary: 'Finish registering the own card',
  description:
    'Takes up the card that was entered at the gateway, in place of the one before. Frozen automatic payments begin again. ' +
    'Repeated, it changes nothing.',
  whileStopped: true,
  request: { params: z.strictObject({ registrationId: z.uuid() }) },
  responses: { 200: { description: 'The card', schema: cardSchema } },
  problems: [
    'panel_not_allowed',
    'card_not_entered',
    'card_expired',
    'auto_payment_in_flight',
    'gateway_unavailable',
    'not_configured',
  ],
  async handler({ params, caller, context, scope, now, bound }) {
    await requireCardPayments(scope);
    const { clientId } = caller;
    const payer = panelPayer(context, caller, { now, bound });
    const access = gatewayAccessOf(context);
    const card = await askForPanel(() => finishCardRegistration(payer, access, clientId, params.registrationId));
    context.live.touch([clientId]);
    return ok(cardJson(card));
  },
});

export const removePanelCardOperation = definePanelOperation({
  id: 'removePanelCard',
  method: 'delete',
  path: '/v1/panel/card',
  area: 'panel',
  summary: 'Remove the own card',
  description:
    'Here and at the gateway. Payments that wait are canceled. `gateway_unavailable`: it is removed here, and still at the ' +
    'gateway.',
  whileStopped: true,
  responses: { 204: { description: 'Removed' } },
  problems: [
    'panel_not_allowed',
    'auto_payment_no_card',
    'auto_payment_in_flight',
    'gateway_unavailable',
    'not_configured',
  ],
  async handler({ caller, context, scope, now, bound }) {
    await requireCardPayments(scope);
    const payer = panelPayer(context, caller, { now, bound });
    await askForPanel(() => removeCard(payer, gatewayAccessOf(context), caller.clientId, null));
    context.live.touch([caller.clientId]);
    return noContent();
  },
});
