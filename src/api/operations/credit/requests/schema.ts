import { creditRequestKinds, creditRequestStatuses } from '../../../../domain/credit/credit-requests.js';
import { DomainError } from '../../../../domain/errors.js';
import { grantStatuses } from '../../../../domain/credit/grants.js';
import { formatMoney, moneyOf } from '../../../../domain/money.js';
import { findCreditRequest, type CreditRequestItemRow } from '../../../../storage/credit/credit-requests-read.js';
import type { Scope } from '../../../../storage/system/scope.js';
import { TemporalUnavailable } from '../../../../temporal/gateway.js';
import type { ApiContext } from '../../../context.js';
import type { Logger } from '../../../../observability/logger.js';
import {
  actorNameText,
  currencyText,
  idText,
  moneyText,
  orNull,
  timeOrNull,
  timeString,
  timeText,
} from '../../../contract/schemas.js';
import { z } from '../../../contract/zod.js';
import { shortPercent } from '../shared.js';

const approvedSchema = z.strictObject({ amount: moneyText, validUntil: timeString.nullable() });

export const creditRequestFields = {
  id: idText,
  clientId: idText,
  clientName: z.string(),
  kind: z.enum(creditRequestKinds).openapi({ description: '`permanent`: `amount` is the new permanent credit limit' }),
  status: z.enum(creditRequestStatuses).openapi({
    description: '`approved`: the decision is being carried out. `refused` also: it could not be, see `failure`',
  }),
  amount: moneyText,
  percent: z.string().nullable().openapi({ description: 'As requested; it became `amount` then' }),
  currency: currencyText,
  creditLimit: moneyText.openapi({ description: 'Permanent credit limit now' }),
  validFrom: timeString.nullable().openapi({ description: 'null: from the approval on' }),
  validUntil: timeString.nullable().openapi({ description: 'null: a permanent limit' }),
  reason: z.string(),
  requestedBy: z.string().openapi({ example: 'user:3' }),
  requestedByName: actorNameText,
  createdAt: timeString,
  expiresAt: timeString,
  approved: orNull(approvedSchema).openapi({ description: 'What was approved; null: nothing' }),
  decidedBy: z.string().nullable().openapi({ description: '`system`: it expired' }),
  decidedByName: actorNameText,
  decidedAt: timeString.nullable(),
  decisionReason: z.string().nullable(),
  failure: z.string().nullable().openapi({ description: 'Problem code: why what was approved could not be granted' }),
  temporaryCreditId: idText.nullable(),
  temporaryCreditStatus: z.enum(grantStatuses).nullable(),
  version: z.int(),
};

export const creditRequestSchema = z.strictObject(creditRequestFields).openapi('CreditRequest');

export function creditRequestJson(row: CreditRequestItemRow): z.input<typeof creditRequestSchema> {
  return {
    id: row.id,
    clientId: row.clientId,
    clientName: row.clientName,
    kind: row.kind,
    status: row.status,
    amount: text(row.amount),
    percent: row.percent === null ? null : shortPercent(row.percent),
    currency: row.currency,
    creditLimit: text(row.creditLimit),
    validFrom: timeOrNull(row.validFrom),
    validUntil: timeOrNull(row.validUntil),
    reason: row.reason,
    requestedBy: row.requestedBy,
    requestedByName: row.requestedByName,
    createdAt: timeText(row.createdAt),
    expiresAt: timeText(row.expiresAt),
    approved:
      row.approvedAmount === null
        ? null
        : { amount: text(row.approvedAmount), validUntil: timeOrNull(row.approvedUntil) },
    decidedBy: row.decidedBy,
    decidedByName: row.decidedByName,
    decidedAt: timeOrNull(row.decidedAt),
    decisionReason: row.decisionReason,
    failure: row.failure,
    temporaryCreditId: row.grantId,
    temporaryCreditStatus: row.grantStatus,
    version: row.version,
  };
}

function text(amount: string): string {
  return formatMoney(moneyOf(amount));
}

/** @throws DomainError `not_found` also for a client of another reseller */
export async function requireCreditRequest(scope: Scope, id: string): Promise<CreditRequestItemRow> {
  const row = await scope.read((q) => findCreditRequest(q, scope.resellerId, id));
  if (!row) throw new DomainError('not_found', `there is no credit request ${id}`, '/path/id');
  return row;
}

/** Wakes the workflow of a request. Without Temporal the row waits, and a worker finds it within minutes. */
export async function wakeCreditRequest(context: ApiContext, log: Logger, id: string): Promise<void> {
  try {
    await context.temporal.wakeCreditRequest(id);
  } catch (error) {
    if (!(error instanceof TemporalUnavailable)) throw error;
    log.warn({ err: error, creditRequestId: id }, 'credit request not woken, it continues when Temporal responds');
  }
}
