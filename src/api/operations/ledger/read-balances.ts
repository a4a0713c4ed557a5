import { availableOrNull } from '../../../domain/balance.js';
import { formatMoney, moneyOf } from '../../../domain/money.js';
import type { AccountRow } from '../../../storage/ledger/balance-read.js';
import { ok } from '../../contract/answers.js';
import { defineOperation } from '../../contract/operation.js';
import { currencyText, idText, moneyText, pathId, timeOrNull, timeString, timeText } from '../../contract/schemas.js';
import { z } from '../../contract/zod.js';
import { requireAccount } from './shared.js';

const balancesSchema = z
  .strictObject({
    clientId: idText,
    currency: currencyText,
    /** payments less charges, adjustments included; null: unknown */
    live: moneyText.nullable(),
    /** payments less issued invoices; null: only the ledger knows */
    fixed: moneyText.nullable(),
    creditLimit: moneyText,
    temporaryCredit: moneyText,
    temporaryUntil: timeString.nullable(),
    /** live + creditLimit + temporaryCredit; null: no limit, or unknown */
    available: moneyText.nullable(),
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
  summary: 'Read a client’s balances',
  description:
    'Available = live + permanent credit limit + the temporary credit that is valid now. Where balances come from the ' +
    'operator’s own systems (`source` is not `ledger`), this is what it last told.',
  scope: 'clients:read',
  request: { params: z.strictObject({ id: pathId }) },
  responses: { 200: { description: 'The balances', schema: balancesSchema } },
  async handler({ params, scope, now }) {
    const account = await requireAccount({ scope, now }, params.id);
    return ok({
      clientId: account.clientId,
      currency: account.currency,
      live: text(account.live),
      fixed: text(account.fixed),
      available: availableText(account),
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

function availableText(account: AccountRow): string | null {
  const available = availableOrNull(account);
  return available === null ? null : formatMoney(available);
}

function text(amount: string | null): string | null {
  return amount === null ? null : formatMoney(moneyOf(amount));
}
