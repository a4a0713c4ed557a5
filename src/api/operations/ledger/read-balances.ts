import { formatMoney, moneyOf } from '../../../domain/money.js';
import type { AccountRow } from '../../../storage/balance-read.js';
import { ok } from '../../answers.js';
import { defineOperation } from '../../operation.js';
import { currencyText, idText, moneyText, pathId, timeOrNull, timeString, timeText } from '../../schemas.js';
import { z } from '../../zod.js';
import { requireAccount } from './shared.js';

const balancesSchema = z
  .strictObject({
    clientId: idText,
    currency: currencyText,
    /** payments less charges, adjustments included; null: the balance source has not been read yet */
    live: moneyText.nullable(),
    /** payments less issued invoices */
    fixed: moneyText.nullable(),
    creditLimit: moneyText,
    temporaryCredit: moneyText,
    temporaryUntil: timeString.nullable(),
    /** live + creditLimit + temporaryCredit; null: no limit, or unknown */
    available: moneyText.nullable(),
    unlimited: z.boolean(),
    source: z.enum(['ledger', 'sql', 'http']),
    /** when the balance was read; the ledger is read now, another source at the last check */
    at: timeString.nullable(),
    lastChargeAt: timeString.nullable(),
    lastRefillAt: timeString.nullable(),
    serverTime: timeString,
  })
  .openapi('Balances');

export const readBalances = defineOperation({
  id: 'readBalances',
  method: 'get',
  path: '/v1/clients/{id}/balances',
  area: 'ledger',
  summary: 'Read a client’s balances',
  description:
    'Available = live + permanent credit limit + the temporary credit that is valid now. Where balances come from the ' +
    'operator’s own systems (`source` is not `ledger`), this is what the monitor saw at its last check.',
  scope: 'clients:read',
  request: { params: z.strictObject({ id: pathId }) },
  responses: { 200: { description: 'The balances', schema: balancesSchema } },
  async handler({ params, caller, context, now }) {
    const account = await requireAccount(context, caller, params.id, now);
    const source = context.config.BALANCE_SOURCE;
    return ok({
      clientId: account.clientId,
      currency: account.currency,
      ...(source === 'ledger' ? fromLedger(account, now) : fromLastCheck(account)),
      creditLimit: text(account.creditLimit),
      temporaryCredit: text(account.temporaryCredit),
      temporaryUntil: timeOrNull(account.temporaryUntil),
      unlimited: account.balanceModel === 'unlimited',
      source,
      lastChargeAt: timeOrNull(account.lastChargeAt),
      lastRefillAt: timeOrNull(account.lastRefillAt),
      serverTime: timeText(new Date(now)),
    });
  },
});

interface Read {
  readonly live: string | null;
  readonly fixed: string | null;
  readonly available: string | null;
  readonly at: string | null;
}

function fromLedger(account: AccountRow, now: number): Read {
  const credit = moneyOf(account.creditLimit) + moneyOf(account.temporaryCredit);
  return {
    live: text(account.live),
    fixed: text(account.fixed),
    available: account.balanceModel === 'unlimited' ? null : formatMoney(moneyOf(account.live) + credit),
    at: timeText(new Date(now)),
  };
}

function fromLastCheck(account: AccountRow): Read {
  const { checkedAvailable, checkedAt } = account;
  if (checkedAvailable === null) return { live: null, fixed: null, available: null, at: timeOrNull(checkedAt) };
  const credit = moneyOf(account.creditLimit) + moneyOf(account.temporaryCredit);
  return {
    live: formatMoney(moneyOf(checkedAvailable) - credit),
    fixed: null,
    available: account.balanceModel === 'unlimited' ? null : text(checkedAvailable),
    at: timeOrNull(checkedAt),
  };
}

function text(amount: string): string {
  return formatMoney(moneyOf(amount));
}
