import { DomainError } from '../../../../domain/errors.js';
import { formatMoney, moneyOf } from '../../../../domain/money.js';
import {
  amountModes,
  cardPaymentOrigins,
  cardPaymentReasons,
  cardPaymentStatuses,
  freezeReasons,
} from '../../../../domain/payments/card-payments.js';
import { autoPaymentStates } from '../../../../storage/payments/auto-payment-state.js';
import { findListedCardPayment, type ListedCardPayment } from '../../../../storage/payments/card-payment-list.js';
import type { Scope } from '../../../../storage/system/scope.js';
import {
  actorNameText,
  currencyText,
  idText,
  moneyText,
  orNull,
  pathId,
  timeOrNull,
  timeString,
  timeText,
} from '../../../contract/schemas.js';
import { z } from '../../../contract/zod.js';

export const clientParams = z.strictObject({ id: pathId });

/** No card number reaches Lowwater: only what the gateway shows of it. */
export const cardSchema = z
  .strictObject({
    brand: z.string().openapi({ example: 'Visa' }),
    last4: z.string().openapi({ example: '1111' }),
    expires: z.string().openapi({ description: 'Last month in which it is valid', example: '2028-04' }),
    registeredAt: timeString,
  })
  .openapi('Card');

export const autoPaymentSchema = z
  .strictObject({
    clientId: idText,
    state: z.enum(autoPaymentStates).openapi({
      description:
        '`off`: switched off · `no_card` · `frozen`: no card is charged until someone acts · `idle`: nothing is under way · ' +
        'else the status of the last automatic payment',
    }),
    currency: currencyText,
    threshold: moneyText.nullable().openapi({
      description: 'Below which the card is charged, in the client’s currency; null: none, or no exchange rate',
    }),
    extraAmount: moneyText.nullable(),
    amountMode: z.enum(amountModes),
    liftsClient: z.boolean().nullable().openapi({
      description: 'The next charge brings the client to its threshold; null: it is not low, or nothing is charged',
    }),
    card: orNull(cardSchema),
    frozenAt: timeString.nullable(),
    frozenReason: z
      .enum(freezeReasons)
      .nullable()
      .openapi({
        description:
          '`declined`: 4 declines in a row · `hard_decline`: the card must not be charged again · `chargeback` · `unknown`: the ' +
          'outcome of a charge is not known · `staff`',
      }),
    declines: z.int().openapi({ description: 'Of automatic payments, in a row' }),
    nextAttemptAt: timeString.nullable().openapi({ description: 'When a payment that waits is charged if still low' }),
    hasGateway: z.boolean().openapi({ description: 'A payment gateway serves the client' }),
  })
  .openapi('AutoPayment');

export const cardPaymentSchema = z
  .strictObject({
    id: idText,
    clientId: idText,
    clientName: z.string(),
    origin: z.enum(cardPaymentOrigins).openapi({ description: '`auto`: decided by the monitor · `by_hand`' }),
    status: z.enum(cardPaymentStatuses).openapi({
      description:
        '`waiting`: not charged yet · `charging` · `held`: under review at the gateway · `approved` · `declined` · `unknown`: ' +
        'no look-up found its outcome · `cancelled`: not charged',
    }),
    reason: z.enum(cardPaymentReasons).nullable().openapi({ description: 'Why it waits or was canceled' }),
    failure: z.string().nullable().openapi({ description: 'Why the gateway gave no usable answer' }),
    key: z.string().openapi({ description: 'Names the charge at the gateway', example: 'ap/7/1/1' }),
    amount: moneyText
      .nullable()
      .openapi({ description: 'In the client’s currency; null: not known before it is charged' }),
    currency: currencyText,
    chargedAmount: moneyText.nullable().openapi({ description: 'In the currency of the gateway; null: not charged' }),
    chargedCurrency: z.string().nullable(),
    cardLast4: z.string().nullable(),
    transactionId: z.string().nullable(),
    declineCode: z.string().nullable(),
    declineMessage: z.string().nullable(),
    paymentId: z.string().nullable().openapi({ description: 'Id of the payment in the ledger' }),
    requestedBy: z.string(),
    requestedByName: actorNameText,
    decidedAt: timeString,
    notBefore: timeString.openapi({ description: 'When it is charged at the earliest' }),
    sentAt: timeString.nullable(),
    endedAt: timeString.nullable(),
  })
  .openapi('CardPayment');

export function cardPaymentJson(row: ListedCardPayment): z.input<typeof cardPaymentSchema> {
  return {
    id: row.id,
    clientId: row.clientId,
    clientName: row.clientName,
    origin: row.origin,
    status: row.status,
    reason: row.reason,
    failure: row.failure,
    key: row.key,
    amount: plain(row.amount),
    currency: row.currency,
    chargedAmount: plain(row.chargedAmount),
    chargedCurrency: row.chargedCurrency,
    cardLast4: row.cardLast4,
    transactionId: row.transactionId,
    declineCode: row.declineCode,
    declineMessage: row.declineMessage,
    paymentId: row.paymentId,
    requestedBy: row.requestedBy,
    requestedByName: row.requestedByName,
    decidedAt: timeText(row.decidedAt),
    notBefore: timeText(row.notBefore),
    sentAt: timeOrNull(row.sentAt),
    endedAt: timeOrNull(row.endedAt),
  };
}

/** @throws DomainError `not_found` */
export async function requireCardPayment(scope: Scope, id: string): Promise<ListedCardPayment> {
  const row = await scope.read((q) => findListedCardPayment(q, scope.resellerId, id));
  if (!row) throw new DomainError('not_found', `there is no card payment ${id}`, '/path/id');
  return row;
}

export function plain(amount: string | null): string | null {
  return amount === null ? null : formatMoney(moneyOf(amount));
}
