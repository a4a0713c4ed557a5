import { moneyOf } from '../../../domain/money.js';
import { recordTransfer } from '../../../services/accounts/record-transfer.js';
import { created } from '../../contract/answers.js';
import { defineOperation } from '../../contract/operation.js';
import { currency, line, money, reference } from '../../contract/schemas.js';
import { z } from '../../contract/zod.js';
import { keyHeader, transferJson, transferSchema } from './transfer-schema.js';

export const createTransferOperation = defineOperation({
  id: 'createTransfer',
  method: 'post',
  path: '/v1/transfers',
  area: 'accounts',
  summary: 'Transfer an amount between accounts',
  description:
    'Between debit and credit accounts of a client that allows transfers; across clients only where the installation ' +
    'and both clients allow it. A transfer is no refill and no charge.',
  scope: 'payments:write',
  request: {
    headers: keyHeader,
    body: z.strictObject({
      fromAccountId: reference,
      toAccountId: reference,
      amount: money(),
      currency,
      note: line(500).optional(),
    }),
  },
  example: { fromAccountId: '7', toAccountId: '8', amount: '10.00', currency: 'USD' },
  responses: { 201: { description: 'Transferred', schema: transferSchema } },
  problems: [
    'not_found',
    'client_deleted',
    'transfer_same_account',
    'transfer_not_allowed',
    'transfer_kind',
    'transfer_inactive',
    'transfer_other_client',
    'currency_mismatch',
    'transfer_amount',
    'transfer_daily_limit',
    'insufficient_funds',
    'conflict',
  ],
  async handler({ body, context, requester, dedupeId }) {
    const { amount, note = null, ...accounts } = body;
    const { transfer } = await recordTransfer(requester, {
      ...accounts,
      amount: moneyOf(amount),
      note,
      requestId: dedupeId,
    });
    context.live.touch([transfer.fromClientId, transfer.toClientId]);
    return created(`/v1/transfers/${transfer.id}`, transferJson(transfer));
  },
});
