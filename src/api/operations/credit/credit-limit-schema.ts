import { formatMoney, moneyOf } from '../../../domain/money.js';
import type { AccountRow } from '../../../storage/ledger/balance-read.js';
import { currencyText, idText, moneyText, timeOrNull, timeString } from '../../contract/schemas.js';
import { z } from '../../contract/zod.js';

export const creditLimitSchema = z
  .strictObject({
    clientId: idText,
    currency: currencyText,
    creditLimit: moneyText.openapi({ description: 'The permanent limit' }),
    temporaryCredit: moneyText.openapi({ description: 'What is lent beside it now' }),
    temporaryUntil: timeString.nullable(),
    unlimited: z.boolean().openapi({ description: '"No Limit": the limit does not matter' }),
    version: z.int().openapi({ description: 'Of the client' }),
  })
  .openapi('CreditLimit');

export function creditLimitJson(account: AccountRow): z.input<typeof creditLimitSchema> {
  return {
    clientId: account.clientId,
    currency: account.currency,
    creditLimit: formatMoney(moneyOf(account.creditLimit)),
    temporaryCredit: formatMoney(moneyOf(account.temporaryCredit)),
    temporaryUntil: timeOrNull(account.temporaryUntil),
    unlimited: account.balanceModel === 'unlimited',
    version: account.version,
  };
}
