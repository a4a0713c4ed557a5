import { creditLimitDigits } from '../../../domain/credit/limit-digits.js';
import { accountAvailable, accountKinds, accountOwed, accountStatuses } from '../../../domain/accounts/accounts.js';
import { formatMoney, moneyOf } from '../../../domain/money.js';
import type { ClientAccountRow } from '../../../storage/accounts/accounts.js';
import { patchShape } from '../../contract/patch-shape.js';
import {
  currencyText,
  foreignId,
  idText,
  localDate,
  money,
  moneyText,
  pathId,
  reason,
  timeString,
  timeText,
} from '../../contract/schemas.js';
import { z } from '../../contract/zod.js';

const accountFields = {
  externalId: foreignId(200).openapi({
    description: 'Your own id, unique within the client’s accounts that are not closed',
    example: '380501234567',
  }),
  creditLimit: money({ least: 'zero', digits: creditLimitDigits }).default('0.00').openapi({
    description:
      'Only of credit accounts; changing it also requires the scope `credit:write`. It does not add to what the client has available',
  }),
  status: z.enum(accountStatuses).default('active').openapi({
    description:
      'A blocked account takes part in no transfer. A closed one has no balance, accepts no entries, and stays closed',
  }),
  expiresOn: localDate
    .nullable()
    .openapi({
      type: ['string', 'null'],
      description: 'Last valid day in the client’s time zone; afterwards it receives no transfers',
    })
    .default(null),
  dailyTransferLimit: money({ least: 'more_than_zero' })
    .nullable()
    .openapi({
      type: ['string', 'null'],
      description: 'The most that it may transfer on a day of the client’s time zone; null: no maximum',
    })
    .default(null),
};

export const accountBody = z
  .strictObject({
    ...accountFields,
    kind: z.enum(accountKinds).openapi({
      description:
        'debit: usable down to 0. credit: usable down to `creditLimit`. subordinate: uses the client’s balance',
    }),
    reason: reason.optional(),
  })
  .openapi('AccountInput');

export const accountPatch = z
  .strictObject({ ...patchShape(accountFields), reason: reason.optional() })
  .openapi('AccountPatch');

export const accountSchema = z
  .strictObject({
    id: idText,
    clientId: idText,
    clientName: z.string(),
    externalId: z.string().openapi({ example: '380501234567' }),
    kind: z.enum(accountKinds),
    status: z.enum(accountStatuses),
    expiresOn: z.string().nullable().openapi({ example: '2026-12-31' }),
    expired: z.boolean(),
    currency: currencyText.openapi({ description: 'The client’s' }),
    creditLimit: moneyText,
    dailyTransferLimit: moneyText.nullable(),
    balance: moneyText
      .nullable()
      .openapi({ description: 'Positive: funds; negative: owed. null: subordinate, the client’s balance counts' }),
    available: moneyText.nullable().openapi({ description: 'Balance, with the credit limit of a credit account' }),
    owed: moneyText.nullable().openapi({ description: 'A negative balance without its sign; else 0.00' }),
    version: z.int(),
    createdAt: timeString,
  })
  .openapi('Account');

export const accountParams = z.strictObject({ id: pathId });

export function accountJson(row: ClientAccountRow): z.output<typeof accountSchema> {
  const balance = moneyOf(row.balance);
  const creditLimit = moneyOf(row.creditLimit);
  const own = (amount: bigint): string | null => (row.kind === 'subordinate' ? null : formatMoney(amount));
  return {
    id: row.id,
    clientId: row.clientId,
    clientName: row.clientName,
    externalId: row.externalId,
    kind: row.kind,
    status: row.status,
    expiresOn: row.expiresOn,
    expired: row.isExpired,
    currency: row.currency,
    creditLimit: formatMoney(creditLimit),
    dailyTransferLimit: row.dailyTransferLimit === null ? null : formatMoney(moneyOf(row.dailyTransferLimit)),
    balance: own(balance),
    available: own(accountAvailable({ kind: row.kind, balance, creditLimit })),
    owed: own(accountOwed(balance)),
    version: row.version,
    createdAt: timeText(row.createdAt),
  };
}
