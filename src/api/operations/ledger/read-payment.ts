import { DomainError } from '../../../domain/errors.js';
import { findPayment } from '../../../storage/ledger/ledger-read.js';
import { ok } from '../../contract/answers.js';
import { defineOperation } from '../../contract/operation.js';
import { z } from '../../contract/zod.js';
import { paymentSchema, postedJson, requireAccount } from './shared.js';

export const readPaymentOperation = defineOperation({
  id: 'readPayment',
  method: 'get',
  path: '/v1/payments/{id}',
  area: 'ledger',
  summary: 'Read a payment by your own id',
  scope: 'payments:read',
  request: {
    params: z.strictObject({
      id: z
        .string()
        .min(1)
        .max(200)
        .regex(/^[^\p{Cc}\p{Cs}]+$/u)
        .openapi({ description: 'The id with which it was posted', example: 'pay-2026-000117' }),
    }),
  },
  responses: { 200: { description: 'The payment', schema: paymentSchema } },
  async handler({ params, now, scope }) {
    const payment = await scope.read((q) => findPayment(q, params.id, scope.resellerId));
    if (!payment) throw new DomainError('not_found', 'there is no payment with this id', '/path/id');
    const account = await requireAccount({ scope, now }, payment.clientId);
    return ok(postedJson(payment, account));
  },
});
