import { moneyOf } from '../../../domain/money.js';
import { recordTransfer } from '../../../services/ledger/record-transfer.js';
import { defineOperation } from '../../contract/operation.js';
import { currencyText, idText, money, moneyText, reference, timeString, timeText } from '../../contract/schemas.js';
import { z } from '../../contract/zod.js';
import { entryFields } from './shared.js';

const transferSchema = z
  .strictObject({
    id: z.string(),
    fromClientId: idText,
    toClientId: idText,
    amount: moneyText,
    currency: currencyText,
    at: timeString,
    recordedAt: timeString,
    note: z.string().nullable(),
    from: z.strictObject({ live: moneyText }),
    to: z.strictObject({ live: moneyText }),
  })
  .openapi('Transfer');

export const postTransferOperation = defineOperation({
  id: 'postTransfer',
  method: 'post',
  path: '/v1/transfers',
  area: 'ledger',
  summary: 'Move money from one client to another',
  description:
    'Both clients have the same currency, and the giver has enough available funds. It is no refill of the one who gets ' +
    'it: counts go on.',
  scope: 'payments:write',
  request: {
    body: z.strictObject({
      ...entryFields,
      fromClientId: reference,
      toClientId: reference,
      amount: money({ least: 'more_than_zero' }),
    }),
  },
  example: { id: 'tr-5', fromClientId: '7', toClientId: '8', amount: '15.00', currency: 'USD' },
  responses: {
    201: { description: 'Moved', schema: transferSchema },
    200: { description: 'Moved before, with the same body: nothing was changed', schema: transferSchema },
  },
  problems: ['not_found', 'client_deleted', 'currency_mismatch', 'conflict'],
  async handler({ body, context, requester }) {
    const done = await recordTransfer(requester, {
      externalId: body.id,
      fromClientId: body.fromClientId,
      toClientId: body.toClientId,
      amount: moneyOf(body.amount),
      currency: body.currency,
      occurredAt: body.at?.getTime() ?? null,
      source: requester.actor.id,
      ...(body.note !== undefined && { note: body.note }),
    });
    context.live.touch([done.out.clientId, done.in.clientId]);
    return {
      status: done.replayed ? (200 as const) : (201 as const),
      body: {
        id: body.id,
        fromClientId: done.out.clientId,
        toClientId: done.in.clientId,
        amount: done.in.amount,
        currency: done.in.currency,
        at: timeText(done.in.occurredAt),
        recordedAt: timeText(done.in.recordedAt),
        note: done.in.note,
        from: { live: done.out.liveAfter },
        to: { live: done.in.liveAfter },
      },
    };
  },
});
