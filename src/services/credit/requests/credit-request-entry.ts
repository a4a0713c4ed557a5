import { formatMoney, moneyOf } from '../../../domain/money.js';
import { resolveOpenEvents } from '../../../storage/events/resolve-event.js';
import type { CreditRequestRow } from '../../../storage/credit/credit-requests.js';
import type { Transaction } from '../../../storage/system/database.js';
import type { ChangeEntry } from '../../change.js';

/** The audit row of a step of a credit request. */
export function creditRequestEntry(
  action: `credit_request.${'create' | 'approve' | 'refuse' | 'withdraw' | 'expire' | 'grant' | 'fail'}`,
  reason: string | null,
  before: CreditRequestRow | null,
  after: CreditRequestRow,
): ChangeEntry {
  return {
    action,
    subjectType: 'credit_request',
    subjectId: after.id,
    clientId: after.clientId,
    reason,
    before: before && recorded(before),
    after: recorded(after),
  };
}

function recorded(row: CreditRequestRow): Record<string, unknown> {
  const { kind, status, currency, percent, validFrom, validUntil, expiresAt, approvedAmount, approvedUntil } = row;
  return {
    kind,
    status,
    amount: formatMoney(moneyOf(row.amount)),
    percent,
    currency,
    validFrom: validFrom?.toISOString() ?? null,
    validUntil: validUntil?.toISOString() ?? null,
    expiresAt: expiresAt.toISOString(),
    ...(approvedAmount !== null && {
      approvedAmount: formatMoney(moneyOf(approvedAmount)),
      approvedUntil: approvedUntil?.toISOString() ?? null,
    }),
    ...(row.failure !== null && { failure: row.failure }),
    ...(row.grantId !== null && { temporaryCreditId: row.grantId }),
  };
}

/** Resolves the event that notified staff of the request, in the transaction that ends its wait. */
export function resolveRequested(tx: Transaction, { id, status }: CreditRequestRow, atMs: number): Promise<void> {
  return resolveOpenEvents(tx, { kind: 'credit.requested', cause: id }, { at: new Date(atMs), reason: status });
}
