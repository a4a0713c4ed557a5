import { formatMoney, moneyOf } from '../../../domain/money.js';
import { readRefundable } from '../../../storage/invoicing/settlement.js';
import { ok } from '../../contract/answers.js';
import { defineOperation } from '../../contract/operation.js';
import { currencyText, idText, moneyText, pathId, timeOrNull, timeString, timeText } from '../../contract/schemas.js';
import { z } from '../../contract/zod.js';
import { lastKnownJson, lastKnownSchema } from '../clients/last-known.js';
import { availableText, requireAccount } from './shared.js';

const balancesSchema = z
  .strictObject({
    clientId: idText,
    currency: currencyText,
    /** payments less charges, adjustments included; null: unknown */
    live: moneyText.nullable(),
    /** payments less issued invoices; null: only the ledger knows */
    fixed: moneyText.nullable(),
    unallocated: moneyText.openapi({
      description: 'Payments and credit notes that no invoice has used; below 0 after a reversal of what was refunded',
    }),
    refundable: moneyText.openapi({
      description: 'The largest refund: unallocated, without what was transferred to other clients',
    }),
    outstanding: moneyText.openapi({ description: 'Due by issued invoices; fixed = unallocated - outstanding' }),
    lastInvoicedAt: timeString.nullable().openapi({ description: 'End of what is invoiced; null: nothing is' }),
    nextInvoiceAt: timeString.nullable().openapi({
      description:
        'When autoinvoicing issues the next invoice; null: autoinvoicing is off, or the client has no payment terms',
    }),
    creditLimit: moneyText,
    temporaryCredit: moneyText,
    temporaryUntil: timeString.nullable(),
    /** live + creditLimit + temporaryCredit; null: no limit, or unknown */
    available: moneyText.nullable(),
    /** while the balance is unknown, the last that was known, with its time */
    lastKnown: lastKnownSchema,
    unlimited: z.boolean(),
    source: z.enum(['ledger', 'sql', 'http']),
    /** when the balance was read; the ledger is read now, another source when the monitor last looked */
    at: timeString.nullable(),
    lastChargeAt: timeString.nullable(),
    lastRefillAt: timeString.nullable(),
    serverTime: timeString,
  })
  .openapi('Balances');

export const readBalancesOperation = defineOperation({
  id: 'readBalances',
  method: 'get',
  path: '/v1/clients/{id}/balances',
  area: 'ledger',
  summary: 'Get a client’s balances',
  description:
    'Available = live + permanent credit limit + active temporary credit. If balances come from an external ' +
    'system (`source` is not `ledger`), these are the last that it returned.',
  scope: 'clients:read',
  request: { params: z.strictObject({ id: pathId }) },
  responses: { 200: { description: 'The balances', schema: balancesSchema } },
  async handler({ params, scope, now }) {
    const account = await requireAccount({ scope, now }, params.id);
    const refundable = await scope.read((q) => readRefundable(q, params.id));
    return ok({
      clientId: account.clientId,
      currency: account.currency,
      live: text(account.live),
      fixed: text(account.fixed),
      unallocated: formatMoney(moneyOf(account.unallocated)),
      refundable: formatMoney(refundable),
      outstanding: formatMoney(moneyOf(account.outstanding)),
      lastInvoicedAt: timeOrNull(account.invoicedUntil),
      nextInvoiceAt: timeOrNull(account.nextInvoiceAt),
      available: availableText(account),
      lastKnown: lastKnownJson(account),
      at: account.source === 'ledger' ? timeText(new Date(now)) : timeOrNull(account.readAt),
      creditLimit: formatMoney(moneyOf(account.creditLimit)),
      temporaryCredit: formatMoney(moneyOf(account.temporaryCredit)),
      temporaryUntil: timeOrNull(account.temporaryUntil),
      unlimited: account.balanceModel === 'unlimited',
      source: account.source,
      lastChargeAt: timeOrNull(account.lastChargeAt),
      lastRefillAt: timeOrNull(account.lastRefillAt),
      serverTime: timeText(new Date(now)),
    });
  },
});

function text(amount: string | null): string | null {
  return amount === null ? null : formatMoney(moneyOf(amount));
}
