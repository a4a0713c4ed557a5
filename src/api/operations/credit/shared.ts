import type { CapInput, GrantView } from '../../../contract/temporary-credit.js';
import { DomainError } from '../../../domain/errors.js';
import { grantStatuses } from '../../../domain/grants.js';
import { convert, formatMoney, moneyOf, parsePercent, rateOf } from '../../../domain/money.js';
import type { AccountRow } from '../../../storage/ledger/balance-read.js';
import { currentRate } from '../../../storage/rates/current-rate.js';
import {
  findTemporaryCredit,
  type TemporaryCreditItemRow,
  type TemporaryCreditRow,
} from '../../../storage/credit/temporary-credits-read.js';
import type { Scope } from '../../../storage/system/scope.js';
import type { Caller } from '../../context.js';
import {
  actorNameText,
  currencyText,
  idText,
  moneyText,
  pathId,
  timeOrNull,
  timeString,
  timeText,
} from '../../contract/schemas.js';
import { z } from '../../contract/zod.js';

export const creditParams = z.strictObject({ id: pathId });

/** A share of the permanent credit limit, in percent. */
export const percent = z
  .string({ error: 'write the share as a decimal string, such as "20" for 20 %' })
  .superRefine((text, ctx) => {
    try {
      parsePercent(text);
    } catch (error) {
      if (!(error instanceof DomainError)) throw error;
      ctx.addIssue({ code: 'custom', message: error.message, input: text });
    }
  })
  .openapi({ description: 'Of a positive permanent credit limit', example: '20' });

const grantFields = {
  id: idText,
  clientId: idText,
  amount: moneyText,
  percent: z.string().nullable().openapi({ description: 'null: an amount was given' }),
  currency: currencyText,
  validFrom: timeString,
  validUntil: timeString,
  status: z.enum(grantStatuses),
  reason: z.string(),
  grantedBy: z.string().openapi({ example: 'key:3' }),
  version: z.int(),
};

export const grantSchema = z.strictObject(grantFields).openapi('TemporaryCredit');

export const grantItemSchema = z
  .strictObject({
    ...grantFields,
    clientName: z.string(),
    creditLimit: moneyText.openapi({ description: 'The permanent limit beside it: as it is, or was when this ended' }),
    grantedByName: actorNameText,
    createdAt: timeString,
    warnedAt: timeString.nullable().openapi({ description: 'When the client was told that it ends soon' }),
    endedAt: timeString.nullable(),
  })
  .openapi('TemporaryCreditItem');

/** As the monitor answers it. */
export function grantJson(grant: GrantView): z.input<typeof grantSchema> {
  return {
    id: grant.id,
    clientId: grant.clientId,
    amount: grant.amount,
    percent: grant.percent,
    currency: grant.currency,
    validFrom: timeText(new Date(grant.validFrom)),
    validUntil: timeText(new Date(grant.validUntil)),
    status: grant.status,
    reason: grant.reason,
    grantedBy: grant.grantedBy,
    version: grant.version,
  };
}

export function grantRowJson(row: TemporaryCreditRow): z.input<typeof grantSchema> {
  return grantJson({
    ...row,
    amount: formatMoney(moneyOf(row.amount)),
    percent: row.percent === null ? null : shortPercent(row.percent),
    validFrom: row.validFrom.toISOString(),
    validUntil: row.validUntil.toISOString(),
  });
}

export function grantItemJson(row: TemporaryCreditItemRow): z.input<typeof grantItemSchema> {
  return {
    ...grantRowJson(row),
    clientName: row.clientName,
    creditLimit: formatMoney(moneyOf(row.creditLimit)),
    grantedByName: row.grantedByName,
    createdAt: timeText(row.createdAt),
    warnedAt: timeOrNull(row.warnedAt),
    endedAt: timeOrNull(row.endedAt),
  };
}

/** `20.0000` as PostgreSQL writes it is `20`. */
export function shortPercent(text: string): string {
  return text.includes('.') ? text.replace(/\.?0+$/, '') : text;
}

/** @throws DomainError `not_found` also for one of somebody else's client */
export async function requireGrant(scope: Scope, id: string): Promise<TemporaryCreditItemRow> {
  const row = await scope.read((q) => findTemporaryCredit(q, scope.resellerId, id));
  if (!row) throw new DomainError('not_found', `there is no temporary credit ${id}`, '/path/id');
  return row;
}

/**
 * How much temporary credit the caller may grant to this client, the amount in the client's currency (docs/manuals.md#maximum-possible-increase).
 *
 * @throws DomainError `no_rate` where the caller's maximum is in another currency and no rate is in force
 */
export async function capFor(
  scope: Scope,
  caller: Pick<Caller, 'cap'>,
  account: Pick<AccountRow, 'currency'>,
  now: number,
): Promise<CapInput> {
  const { maxAmount, currency, maxPercent, maxDays } = caller.cap;
  const share = { ...(maxPercent !== null && { maxPercent }), ...(maxDays !== null && { maxDays }) };
  if (maxAmount === null || currency === null) return share;
  const rate = await scope.read((q) => currentRate(q, currency, account.currency, now));
  if (rate === null) {
    throw new DomainError(
      'no_rate',
      `your maximum is in ${currency}, and there is no exchange rate from ${currency} to ${account.currency}: add one, or lend to a client in ${currency}`,
    );
  }
  return { ...share, maxAmount: formatMoney(convert(moneyOf(maxAmount), rateOf(rate))) };
}
