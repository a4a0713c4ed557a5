import { payNow } from '../../../../services/payments/charges/pay-now.js';
import { accepted } from '../../../contract/answers.js';
import { defineOperation } from '../../../contract/operation.js';
import { money } from '../../../contract/schemas.js';
import { z } from '../../../contract/zod.js';
import { cardPaymentJson, cardPaymentSchema, clientParams, requireCardPayment } from './schema.js';

export const createCardPaymentOperation = defineOperation({
  id: 'createCardPayment',
  method: 'post',
  path: '/v1/clients/{id}/card-payments',
  area: 'card-payments',
  summary: 'Charge the card of a client',
  description:
    'The payment is written with its key before the gateway is asked, and charged within about a second: read it for its ' +
    'outcome. Repeated with the same `Idempotency-Key`, it charges nothing more.',
  scope: 'payments:write',
  request: {
    params: clientParams,
    body: z.strictObject({
      amount: money({ least: 'more_than_zero' }).openapi({
        description: 'In the client’s currency, 1.00 to 100,000.00',
        example: '50.00',
      }),
    }),
  },
  example: { amount: '50.00' },
  responses: { 202: { description: 'Accepted', schema: cardPaymentSchema } },
  problems: ['client_deleted', 'auto_payment_no_card', 'card_expired', 'auto_payment_in_flight', 'conflict'],
  async handler({ params, body, requester, scope, dedupeId }) {
    const { row } = await payNow(requester, params.id, { amount: body.amount, requestId: dedupeId });
    const path = `/v1/card-payments/${row.id}`;
    return accepted(cardPaymentJson(await requireCardPayment(scope, row.id)), { headers: { Location: path } });
  },
});
