import { DomainError } from '../../../../domain/errors.js';
import { formatMoney, moneyOf } from '../../../../domain/money.js';
import { readAccount } from '../../../../storage/ledger/balance-read.js';
import { ok } from '../../../contract/answers.js';
import { definePanelOperation } from '../../../contract/operation.js';
import { currencyText, moneyText, timeOrNull, timeString, timeText } from '../../../contract/schemas.js';
import { z } from '../../../contract/zod.js';
import { availableText } from '../../ledger/shared.js';

const balanceSchema = z
  .strictObject({
    currency: currencyText,
    available: moneyText.nullable().openapi({
      description: 'live + creditLimit + temporaryCredit; null: without limit, or unknown',
    }),
    live: moneyText.nullable().openapi({ description: 'Payments less charges; null: unknown now' }),
    creditLimit: moneyText,
    temporaryCredit: moneyText,
    temporaryUntil: timeString
      .nullable()
      .openapi({ description: 'When the temporary credit ends; null: there is none' }),
    unlimited: z.boolean(),
    fixed: moneyText.nullable().openapi({ description: 'Payments less issued invoices; null: unknown' }),
    unallocated: moneyText.openapi({ description: 'Payments that no invoice has used' }),
    outstanding: moneyText.openapi({ description: 'Due by issued invoices' }),
    lastPaymentAt: timeString.nullable(),
    at: timeString.nullable().openapi({ description: 'When the balance was read' }),
  })
  .openapi('PanelBalance');

export const readPanelBalanceOperation = definePanelOperation({
  id: 'readPanelBalance',
  method: 'get',
  path: '/v1/panel/balance',
  area: 'panel',
  summary: 'Get the own balance',
  description: 'As a sum: available = live + credit limit + temporary credit.',
  responses: { 200: { description: 'The balance', schema: balanceSchema } },
  async handler({ caller, scope, now }) {
    const account = await scope.read((q) => readAccount(q, scope.resellerId, caller.clientId, now));
    if (!account) throw new DomainError('not_found', 'the client is gone');
    const text = (amount: string): string => formatMoney(moneyOf(amount));
    return ok({
      currency: account.currency,
      available: availableText(account),
      live: account.live === null ? null : text(account.live),
      creditLimit: text(account.creditLimit),
      temporaryCredit: text(account.temporaryCredit),
      temporaryUntil: timeOrNull(account.temporaryUntil),
      unlimited: account.balanceModel === 'unlimited',
      fixed: account.fixed === null ? null : text(account.fixed),
      unallocated: text(account.unallocated),
      outstanding: text(account.outstanding),
      lastPaymentAt: timeOrNull(account.lastRefillAt),
      at: account.source === 'ledger' ? timeText(new Date(now)) : timeOrNull(account.readAt),
    });
  },
});
