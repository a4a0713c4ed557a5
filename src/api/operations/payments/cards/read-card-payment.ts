import { ok } from '../../../contract/answers.js';
import { defineOperation } from '../../../contract/operation.js';
import { pathId } from '../../../contract/schemas.js';
import { z } from '../../../contract/zod.js';
import { cardPaymentJson, cardPaymentSchema, requireCardPayment } from './schema.js';

export const readCardPaymentOperation = defineOperation({
  id: 'readCardPayment',
  method: 'get',
  path: '/v1/card-payments/{id}',
  area: 'card-payments',
  summary: 'Get a card payment',
  scope: 'payments:read',
  request: { params: z.strictObject({ id: pathId }) },
  responses: { 200: { description: 'The card payment', schema: cardPaymentSchema } },
  async handler({ params, scope }) {
    return ok(cardPaymentJson(await requireCardPayment(scope, params.id)));
  },
});
