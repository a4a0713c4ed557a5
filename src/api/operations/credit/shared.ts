import type { GrantView } from '../../../contract/temporary-credit.js';
import { creditLimitDigits } from '../../../domain/credit/limit-digits.js';
import { DomainError } from '../../../domain/errors.js';
import { grantStatuses } from '../../../domain/credit/grants.js';
import { formatMoney, moneyOf } from '../../../domain/money.js';
import {
  findTemporaryCredit,
  type TemporaryCreditItemRow,
  type TemporaryCreditRow,
} from '../../../storage/credit/temporary-credits-read.js';
import type { Scope } from '../../../storage/system/scope.js';
import {
  actorNameText,
  currencyText,
  foreignId,
  idText,
  money,
  moneyText,
  pathId,
  percentString,
  timeOrNull,
  timeString,
  timeText,
} from '../../contract/schemas.js';
import { z } from '../../contract/zod.js';

export const creditParams = z.strictObject({ id: pathId });

/** A share of the permanent credit limit, in percent. */
export const percent = percentString('Percent of a positive permanent credit limit', '20');

/** Bounded as the permanent limit is. */
export const increaseAmount = money({ least: 'more_than_zero', digits: creditLimitDigits });

/** Of a request for a temporary increase: `amount` or `percent`. */
export const increaseFields = {
  id: foreignId(200).optional().openapi({
    description: 'You choose the id. A repeated request with the same id and body gets the same response',
  }),
  amount: increaseAmount.optional(),
  percent: percent.optional(),
};

const grantFields = {
  id: idText,
  clientId: idText,
  amount: moneyText,
  percent: z.string().nullable().openapi({ description: 'null: granted as an amount' }),
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
    creditLimit: moneyText.openapi({
      description: 'The permanent credit limit: the current one, or that at the end of this credit',
    }),
    grantedByName: actorNameText,
    createdAt: timeString,
    warnedAt: timeString.nullable().openapi({ description: 'When the expiry notification was decided' }),
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

/** @throws DomainError `not_found` also for a client of another reseller */
export async function requireGrant(scope: Scope, id: string): Promise<TemporaryCreditItemRow> {
  const row = await scope.read((q) => findTemporaryCredit(q, scope.resellerId, id));
  if (!row) throw new DomainError('not_found', `there is no temporary credit ${id}`, '/path/id');
  return row;
}
