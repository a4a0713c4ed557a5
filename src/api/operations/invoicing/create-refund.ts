import { DomainError } from '../../../domain/errors.js';
import { moneyOf } from '../../../domain/money.js';
import { recordRefund } from '../../../services/invoicing/record-refund.js';
import { findPayments } from '../../../storage/ledger/ledger-read.js';
import type { Scope } from '../../../storage/system/scope.js';
import { created, ok } from '../../contract/answers.js';
import { defineOperation } from '../../contract/operation.js';
import { currency, foreignId, money, pathId, reason } from '../../contract/schemas.js';
import { z } from '../../contract/zod.js';
import { entryId, entryJson, entrySchema } from '../ledger/shared.js';

export const createRefundOperation = defineOperation({
  id: 'createRefund',
  method: 'post',
  path: '/v1/clients/{id}/refunds',
  area: 'invoices',
  summary: 'Record a refund',
  description:
    'An amount that you paid out to the client, up to its unallocated payments without what was transferred to other clients. It lowers the live and the fixed balance, and ' +
    'is no refill. You choose the id: a repeated request with the same id and body changes nothing.',
  scope: 'payments:write',
  request: {
    params: z.strictObject({ id: pathId }),
    body: z.strictObject({
      id: entryId,
      amount: money({ least: 'more_than_zero' }),
      currency,
      reason,
      paymentId: foreignId(200).optional().openapi({
        description: 'The payment that is paid back first; default: the oldest',
        example: 'pay-2026-000117',
      }),
    }),
  },
  example: { id: 'refund-2026-0004', amount: '20.00', currency: 'USD', reason: 'overpaid' },
  responses: {
    201: { description: 'Recorded', schema: entrySchema },
    200: { description: 'Recorded earlier, with the same body: nothing changed', schema: entrySchema },
  },
  problems: ['client_deleted', 'currency_mismatch', 'refund_exceeds_unallocated', 'conflict'],
  async handler({ params, body, requester, scope, context }) {
    const { id, amount, paymentId, ...more } = body;
    const entry = await recordRefund(requester, params.id, {
      externalId: id,
      amount: moneyOf(amount),
      ...more,
      paymentEntryId: paymentId === undefined ? null : await paymentOf(scope, params.id, paymentId),
    });
    if (entry.replayed) return ok(entryJson(entry));
    context.live.touch([params.id]);
    return created(`/v1/clients/${params.id}/entries?kind=refund`, entryJson(entry));
  },
});

async function paymentOf(scope: Scope, clientId: string, paymentId: string): Promise<string> {
  const [row] = await scope.read((q) => findPayments(q, paymentId, scope.resellerId, clientId));
  if (!row) throw new DomainError('not_found', 'the client has no payment with this id', '/paymentId');
  return row.id;
}
