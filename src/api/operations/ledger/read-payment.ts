import { DomainError } from '../../../domain/errors.js';
import { postedEntry } from '../../../domain/ledger/entry.js';
import { nearest } from '../../../domain/nearest.js';
import { findPayments } from '../../../storage/ledger/ledger-read.js';
import { readPaymentRow } from '../../../storage/ledger/payment-list.js';
import { readPaymentResets } from '../../../storage/monitoring/counter-resets.js';
import { readAllocations, readPaymentUse } from '../../../storage/invoicing/allocation-list.js';
import { ok } from '../../contract/answers.js';
import { defineOperation } from '../../contract/operation.js';
import { foreignId, reference, timeText } from '../../contract/schemas.js';
import { z } from '../../contract/zod.js';
import { allocationJson } from '../invoicing/detail.js';
import { text } from '../invoicing/schema.js';
import { paymentDetailSchema, paymentItemJson } from './payment-schemas.js';
import { postedJson, requireAccount } from './shared.js';

export const readPaymentOperation = defineOperation({
  id: 'readPayment',
  method: 'get',
  path: '/v1/payments/{id}',
  area: 'ledger',
  summary: 'Get a payment by your id',
  description:
    'Payment ids are unique within a reseller. The payment of one of your own clients is returned, else that of a client ' +
    'of a sub-reseller. Where several clients have a payment with this id, the answer is 409: add `clientId`.',
  scope: 'payments:read',
  request: {
    params: z.strictObject({
      id: foreignId(200).openapi({
        description: 'The id of the payment, as you posted it',
        example: 'pay-2026-000117',
      }),
    }),
    query: z.strictObject({ clientId: reference.optional().openapi({ description: 'Whose payment it is' }) }),
  },
  responses: { 200: { description: 'The payment', schema: paymentDetailSchema } },
  problems: ['conflict'],
  async handler({ params, query, now, scope }) {
    const rows = await scope.read((q) => findPayments(q, params.id, scope.resellerId, query.clientId ?? null));
    const found = nearest(rows);
    if (found.kind === 'none') throw new DomainError('not_found', 'there is no payment with this id', '/path/id');
    if (found.kind === 'several') {
      throw new DomainError(
        'conflict',
        `${found.count} clients have a payment with this id: add ?clientId= (GET /v1/search?q= lists them)`,
        '/query/clientId',
      );
    }
    const { id, clientId } = found.row;
    const account = await requireAccount({ scope, now }, clientId);
    const [row, resets, use, allocations] = await scope.read((q) =>
      Promise.all([
        readPaymentRow(q, scope.resellerId, id),
        readPaymentResets(q, clientId, id),
        readPaymentUse(q, id),
        readAllocations(q, { paymentEntryId: id }, 200),
      ]),
    );
    if (!row || !use) throw new DomainError('not_found', 'there is no payment with this id', '/path/id');
    const { accountId, balance } = postedJson(postedEntry(found.row, true), account);
    return ok({
      ...paymentItemJson(row),
      accountId,
      balance,
      reversed: text(use.reversed),
      refunded: text(use.refunded),
      unallocated: text(use.unallocated),
      allocations: allocations.map(allocationJson),
      resets: resets.map(({ rule, count, at }) => ({ rule, count, at: timeText(at) })),
    });
  },
});
