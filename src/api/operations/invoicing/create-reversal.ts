import { DomainError } from '../../../domain/errors.js';
import { moneyOf } from '../../../domain/money.js';
import { nearest } from '../../../domain/nearest.js';
import { reversalReasons, reversePayment } from '../../../services/invoicing/reverse-payment.js';
import { findPayments } from '../../../storage/ledger/ledger-read.js';
import { created, ok } from '../../contract/answers.js';
import { defineOperation } from '../../contract/operation.js';
import { foreignId, line, money, reference } from '../../contract/schemas.js';
import { z } from '../../contract/zod.js';
import { entryId, entryJson, entrySchema } from '../ledger/shared.js';

export const createReversalOperation = defineOperation({
  id: 'createReversal',
  method: 'post',
  path: '/v1/payments/{id}/reversals',
  area: 'invoices',
  summary: 'Reverse a payment',
  description:
    'The bank or the card scheme took the payment back, or it was a mistake. It lowers the live and the fixed balance; the ' +
    'invoices that it had settled are due again, and other unallocated payments settle them, the oldest first. It is no ' +
    'charge and no refill, and counters that the payment had reset stay reset. You choose the id: a repeated request with ' +
    'the same id and body changes nothing.',
  scope: 'payments:write',
  request: {
    params: z.strictObject({
      id: foreignId(200).openapi({ description: 'The id of the payment', example: 'pay-2026-000117' }),
    }),
    query: z.strictObject({ clientId: reference.optional().openapi({ description: 'Whose payment it is' }) }),
    body: z.strictObject({
      id: entryId,
      amount: money({ least: 'more_than_zero' })
        .optional()
        .openapi({ description: 'A part of the payment; default: all of it' }),
      reason: z.enum(reversalReasons),
      note: line(500).optional(),
    }),
  },
  example: { id: 'chargeback-2026-0002', reason: 'chargeback' },
  responses: {
    201: { description: 'Recorded', schema: entrySchema },
    200: { description: 'Recorded earlier, with the same body: nothing changed', schema: entrySchema },
  },
  problems: ['client_deleted', 'reversal_exceeds_payment', 'conflict'],
  async handler({ params, query, body, requester, scope, context }) {
    const rows = await scope.read((q) => findPayments(q, params.id, scope.resellerId, query.clientId ?? null));
    const found = nearest(rows);
    if (found.kind === 'none') throw new DomainError('not_found', 'there is no payment with this id', '/path/id');
    if (found.kind === 'several') {
      throw new DomainError(
        'conflict',
        `${found.count} clients have a payment with this id: add ?clientId=`,
        '/query/clientId',
      );
    }
    const payment = found.row;
    const entry = await reversePayment(requester, payment, {
      externalId: body.id,
      amount: moneyOf(body.amount ?? payment.amount),
      reason: body.reason,
      note: body.note ?? null,
    });
    if (entry.replayed) return ok(entryJson(entry));
    context.live.touch([payment.clientId]);
    return created(`/v1/clients/${payment.clientId}/entries?kind=reversal`, entryJson(entry));
  },
});
