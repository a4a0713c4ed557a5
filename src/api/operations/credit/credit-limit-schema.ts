import { formatMoney, moneyOf } from '../../../domain/money.js';
import type { AccountRow } from '../../../storage/ledger/balance-read.js';
import {
  currencyText,
  idText,
  moneyObject,
  moneyText,
  orNull,
  timeOrNull,
  timeString,
} from '../../contract/schemas.js';
import { z } from '../../contract/zod.js';

export const creditLimitSchema = z
  .strictObject({
    clientId: idText,
    currency: currencyText,
    creditLimit: moneyText.openapi({ description: 'Permanent credit limit' }),
    temporaryCredit: moneyText.openapi({ description: 'Active temporary credit' }),
    temporaryUntil: timeString.nullable(),
    unlimited: z.boolean().openapi({ description: '"No Limit": the credit limit is not used' }),
    maximum: orNull(moneyObject).openapi({
      description:
        'The highest credit limit that you may set, in the client’s currency where there is an exchange rate; null: no maximum',
    }),
    version: z.int().openapi({ description: 'Version of the client' }),
  })
  .openapi('CreditLimit');

export function creditLimitJson(
  account: AccountRow,
  maximum: z.input<typeof moneyObject> | null,
): z.input<typeof creditLimitSchema> {
  return {
    clientId: account.clientId,
    currency: account.currency,
    creditLimit: formatMoney(moneyOf(account.creditLimit)),
    temporaryCredit: formatMoney(moneyOf(account.temporaryCredit)),
    temporaryUntil: timeOrNull(account.temporaryUntil),
    unlimited: account.balanceModel === 'unlimited',
    maximum,
    version: account.version,
  };
}
