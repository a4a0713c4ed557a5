import { formatMoney, moneyOf } from '../../../domain/money.js';
import type { TransferRow } from '../../../storage/accounts/transfers.js';
import { actorNameText, currencyText, idText, moneyText, timeString, timeText } from '../../contract/schemas.js';
import { z } from '../../contract/zod.js';

const sideSchema = z
  .strictObject({
    accountId: idText,
    externalId: z.string().openapi({ example: '380501234567' }),
    clientId: idText,
    clientName: z.string(),
    balanceAfter: moneyText.openapi({ description: 'Balance of the account right after the transfer' }),
  })
  .openapi('TransferSide');

export const transferSchema = z
  .strictObject({
    id: idText,
    from: sideSchema,
    to: sideSchema,
    amount: moneyText,
    currency: currencyText,
    at: timeString,
    note: z.string().nullable(),
    source: z.string().openapi({ description: 'Who recorded it', example: 'user:3' }),
    sourceName: actorNameText,
    undoes: idText.nullable().openapi({ description: 'The transfer that this one undoes' }),
    undoneBy: idText.nullable().openapi({ description: 'The transfer that takes this one back' }),
  })
  .openapi('Transfer');

/** A transfer is the same one however often its request is repeated, so the key is not optional. */
export const keyHeader = z.object({
  'idempotency-key': z
    .string({ error: 'is required: send a new key, such as a UUID, and the same one when you repeat the request' })
    .openapi({ description: 'Names the transfer: a repeated request with the same key moves nothing again' }),
});

export function transferJson(row: TransferRow): z.output<typeof transferSchema> {
  const amount = (stored: string): string => formatMoney(moneyOf(stored));
  return {
    id: row.id,
    from: {
      accountId: row.fromAccountId,
      externalId: row.fromExternalId,
      clientId: row.fromClientId,
      clientName: row.fromClientName,
      balanceAfter: amount(row.fromAfter),
    },
    to: {
      accountId: row.toAccountId,
      externalId: row.toExternalId,
      clientId: row.toClientId,
      clientName: row.toClientName,
      balanceAfter: amount(row.toAfter),
    },
    amount: amount(row.amount),
    currency: row.currency,
    at: timeText(row.at),
    note: row.note,
    source: row.source,
    sourceName: row.sourceName,
    undoes: row.undoes,
    undoneBy: row.undoneBy,
  };
}
