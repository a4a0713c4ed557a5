import { maximumAmount, maximumUntil } from '../../../domain/grants.js';
import { formatMoney, moneyOf } from '../../../domain/money.js';
import type { AccountRow } from '../../../storage/ledger/balance-read.js';
import { openTemporaryCredit } from '../../../storage/credit/temporary-credits-read.js';
import { ok } from '../../contract/answers.js';
import { defineOperation } from '../../contract/operation.js';
import { currencyText, idText, instant, moneyText, timeOrNull, timeString, timeText } from '../../contract/schemas.js';
import { z } from '../../contract/zod.js';
import { requireAccount } from '../ledger/shared.js';
import { capFor, creditParams, shortPercent } from './shared.js';

const limitsSchema = z
  .strictObject({
    clientId: idText,
    currency: currencyText,
    maxAmount: moneyText.nullable().openapi({ description: 'null: no bound' }),
    maxPercent: z
      .string()
      .nullable()
      .openapi({ description: 'Of the permanent limit, from your own maximum; null: no bound' }),
    maxUntil: timeString
      .nullable()
      .openapi({ description: 'The latest end of a grant that begins at `from`; null: no bound' }),
    maxDays: z.int().nullable(),
    from: timeString,
    creditLimit: moneyText,
    refusal: z
      .strictObject({ code: z.string(), detail: z.string() })
      .nullable()
      .openapi({ description: 'Why nothing can be lent to this client now; null: something can' }),
    serverTime: timeString,
  })
  .openapi('TemporaryCreditLimits');

export const readGrantLimitsOperation = defineOperation({
  id: 'readTemporaryCreditLimits',
  method: 'get',
  path: '/v1/clients/{id}/temporary-credits/limits',
  area: 'credit',
  summary: 'Read how much and how long you may lend',
  description:
    'Your "Maximum possible increase", or that of your API key, for this client; an amount in another currency is converted with ' +
    'the exchange rate in force.',
  scope: 'credit:read',
  request: { params: creditParams, query: z.strictObject({ from: instant.optional() }) },
  responses: { 200: { description: 'Your maximum', schema: limitsSchema } },
  problems: ['no_rate'],
  async handler({ params, query, caller, now, scope }) {
    const account = await requireAccount({ scope, now }, params.id);
    const cap = await capFor(scope, caller, account, now);
    const from = query.from ?? new Date(now);
    const bounds = {
      maxAmount: cap.maxAmount === undefined ? null : moneyOf(cap.maxAmount),
      maxPercent: cap.maxPercent === undefined ? null : moneyOf(cap.maxPercent),
      maxDays: cap.maxDays ?? null,
    };
    const limit = moneyOf(account.creditLimit);
    const amount = maximumAmount(bounds, limit);
    const until = maximumUntil(bounds, from.getTime());
    const open = await scope.read((q) => openTemporaryCredit(q, params.id));
    return ok({
      clientId: account.clientId,
      currency: account.currency,
      maxAmount: amount === null ? null : formatMoney(amount),
      maxPercent: cap.maxPercent === undefined ? null : shortPercent(cap.maxPercent),
      maxUntil: timeOrNull(until === null ? null : new Date(until)),
      maxDays: bounds.maxDays,
      from: timeText(from),
      creditLimit: formatMoney(limit),
      refusal: refusalOf(account, open && open.validUntil.getTime() > now ? open.validUntil : null),
      serverTime: timeText(new Date(now)),
    });
  },
});

function refusalOf(account: AccountRow, openUntil: Date | null): { code: string; detail: string } | null {
  if (account.status === 'deleted') return { code: 'client_deleted', detail: 'the client is deleted' };
  if (account.balanceModel === 'unlimited') {
    return { code: 'client_unlimited', detail: 'the client has no limit: there is nothing to increase' };
  }
  if (!openUntil) return null;
  return {
    code: 'credit_exists',
    detail: `there is a temporary credit until ${timeText(openUntil)}: change or cancel it`,
  };
}
