import { formatMoney, moneyOf } from '../../../domain/money.js';
import type { PaymentRow } from '../../../storage/ledger/payment-list.js';
import { actorNameText, currencyText, idText, moneyText, timeString, timeText } from '../../contract/schemas.js';
import { z } from '../../contract/zod.js';
import { allocationSchema } from '../invoicing/schema.js';
import { balanceAfter } from './shared.js';

const fields = {
  id: z.string().openapi({ description: 'The id that the payment system chose', example: 'pay-2026-000117' }),
  entryId: idText.openapi({ description: 'Number of the ledger entry, in recording order' }),
  clientId: idText,
  clientName: z.string(),
  resellerId: idText.openapi({ description: 'Of the client' }),
  resellerName: z.string(),
  amount: moneyText,
  currency: currencyText,
  at: timeString.openapi({ description: 'When the payment occurred' }),
  recordedAt: timeString,
  source: z.string().openapi({
    description: 'Who recorded it: `user:<id>`, `key:<id>`, `webhook:<name of the source>`, or `temporal`',
    example: 'webhook:bank',
  }),
  sourceName: actorNameText,
  note: z.string().nullable(),
  liveAfter: moneyText.openapi({ description: 'Live balance after the payment, in recording order' }),
};

export const paymentItemSchema = z.strictObject(fields).openapi('PaymentItem');

export const paymentDetailSchema = z
  .strictObject({
    ...fields,
    accountId: idText.nullable().openapi({ description: 'Account under the client; null: the common part' }),
    balance: balanceAfter.openapi({ description: 'Balances right after this payment' }),
    reversed: moneyText.openapi({ description: 'Reversed, in whole or in part' }),
    refunded: moneyText.openapi({ description: 'Paid back' }),
    unallocated: moneyText.openapi({ description: 'No invoice has used it' }),
    allocations: z.array(allocationSchema).openapi({ description: 'The invoices that it has settled, up to 200' }),
    resets: z
      .array(
        z.strictObject({
          rule: z.string().openapi({ example: 'client' }),
          count: z.int().openapi({ description: 'Notifications that counted until then' }),
          at: timeString,
        }),
      )
      .openapi({ description: 'Counters that the payment reset, within the history of checks' }),
  })
  .openapi('PaymentDetail');

export function paymentItemJson(row: PaymentRow): z.output<typeof paymentItemSchema> {
  const amount = (stored: string): string => formatMoney(moneyOf(stored));
  return {
    id: row.externalId,
    entryId: row.id,
    clientId: row.clientId,
    clientName: row.clientName,
    resellerId: row.ownerId,
    resellerName: row.ownerName,
    amount: amount(row.amount),
    currency: row.currency,
    at: timeText(row.occurredAt),
    recordedAt: timeText(row.recordedAt),
    source: row.source,
    sourceName: row.sourceName,
    note: row.note,
    liveAfter: amount(row.liveAfter),
  };
}
