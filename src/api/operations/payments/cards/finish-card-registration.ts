import { finishCardRegistration } from '../../../../services/payments/cards/register-card.js';
import { gatewayAccessOf } from '../../../access/gateway-access.js';
import { ok } from '../../../contract/answers.js';
import { defineOperation } from '../../../contract/operation.js';
import { pathId } from '../../../contract/schemas.js';
import { z } from '../../../contract/zod.js';
import { cardJson } from './auto-payment.js';
import { cardSchema } from './schema.js';

export const finishCardRegistrationOperation = defineOperation({
  id: 'finishCardRegistration',
  method: 'post',
  path: '/v1/clients/{id}/card-registrations/{registrationId}/finish',
  area: 'card-payments',
  summary: 'Finish registering a card',
  description:
    'Takes up the card that was entered at the gateway, in place of the one before. A frozen auto payment begins again. ' +
    'Repeated, it changes nothing.',
  scope: 'payments:write',
  request: { params: z.strictObject({ id: pathId, registrationId: z.uuid() }) },
  responses: { 200: { description: 'The card', schema: cardSchema } },
  problems: [
    'client_deleted',
    'card_not_entered',
    'card_expired',
    'auto_payment_in_flight',
    'no_gateway',
    'gateway_unavailable',
    'not_configured',
  ],
  async handler({ params, requester, context }) {
    const card = await finishCardRegistration(requester, gatewayAccessOf(context), params.id, params.registrationId);
    context.live.touch([params.id]);
    return ok(cardJson(card));
  },
});
