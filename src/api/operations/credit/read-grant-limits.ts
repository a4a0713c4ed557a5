import { maximumAmount, maximumUntil } from '../../../domain/credit/grants.js';
import { DomainError } from '../../../domain/errors.js';
import { formatMoney, moneyOf } from '../../../domain/money.js';
import type { AccountRow } from '../../../storage/ledger/balance-read.js';
import { openTemporaryCredit } from '../../../storage/credit/temporary-credits-read.js';
import { capFor } from '../../../services/credit/cap-for.js';
import { requireCreditAllowed } from '../../../services/credit/require-credit-allowed.js';
import type { Queries } from '../../../storage/system/database.js';
import { ok } from '../../contract/answers.js';
import { defineOperation } from '../../contract/operation.js';
import { currencyText, idText, instant, moneyText, timeOrNull, timeString, timeText } from '../../contract/schemas.js';
import { z } from '../../contract/zod.js';
import { requireAccount } from '../ledger/shared.js';
import { creditParams, shortPercent } from './shared.js';

const limitsSchema = z
  .strictObject({
    clientId: idText,
    currency: currencyText,
    maxAmount: moneyText.nullable().openapi({ description: 'null: no maximum' }),
    maxPercent: z
      .string()
      .nullable()
      .openapi({ description: 'From your maximum percentage of the permanent credit limit; null: no maximum' }),
    maxUntil: timeString
      .nullable()
      .openapi({ description: 'The latest end of a temporary credit that starts at `from`; null: no maximum' }),
    maxDays: z.int().nullable(),
    from: timeString,
    creditLimit: moneyText,
    refusal: z
      .strictObject({ code: z.string(), detail: z.string() })
      .nullable()
      .openapi({ description: 'Why temporary credit is not available for this client; null: it is' }),
    serverTime: timeString,
  })
  .openapi('TemporaryCreditLimits');

export const readGrantLimitsOperation = defineOperation({
  id: 'readTemporaryCreditLimits',
  method: 'get',
  path: '/v1/clients/{id}/temporary-credits/limits',
  area: 'credit',
  summary: 'Get your maximum possible increase for a client',
  description:
    'Your maximum or that of your API key. An amount in another currency is converted at the current exchange rate.',
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
      refusal: await scope.read((q) =>
        refusalOf(q, account, open && open.validUntil.getTime() > now ? open.validUntil : null),
      ),
      serverTime: timeText(new Date(now)),
    });
  },
});

async function refusalOf(
  q: Queries,
  account: AccountRow,
  openUntil: Date | null,
): Promise<{ code: string; detail: string } | null> {
  try {
    await requireCreditAllowed(q, account);
  } catch (error) {
    if (!(error instanceof DomainError)) throw error;
    return { code: error.code, detail: error.message };
  }
  if (!openUntil) return null;
  return {
    code: 'credit_exists',
    detail: `the client has temporary credit until ${timeText(openUntil)}: change or cancel it`,
  };
}
