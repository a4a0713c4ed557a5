import { removeCard } from '../../../../services/payments/cards/remove-card.js';
import { gatewayAccessOf } from '../../../access/gateway-access.js';
import { noContent } from '../../../contract/answers.js';
import { defineOperation } from '../../../contract/operation.js';
import { reason } from '../../../contract/schemas.js';
import { z } from '../../../contract/zod.js';
import { clientParams } from './schema.js';

export const removeCardOperation = defineOperation({
  id: 'removeCard',
  method: 'delete',
  path: '/v1/clients/{id}/card',
  area: 'card-payments',
  summary: 'Remove the card of a client',
  description:
    'Here and at the gateway. Payments that wait are canceled. `gateway_unavailable`: it is removed here, and still at the ' +
    'gateway.',
  scope: 'payments:write',
  request: { params: clientParams, query: z.strictObject({ reason: reason.optional() }) },
  responses: { 204: { description: 'Removed' } },
  problems: [
    'client_deleted',
    'auto_payment_no_card',
    'auto_payment_in_flight',
    'gateway_unavailable',
    'not_configured',
  ],
  async handler({ params, query, requester, context }) {
    await removeCard(requester, gatewayAccessOf(context), params.id, query.reason ?? null);
    context.live.touch([params.id]);
    return noContent();
  },
});
