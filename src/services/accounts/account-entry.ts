import { formatMoney, moneyOf } from '../../domain/money.js';
import type { ClientAccountRow } from '../../storage/accounts/accounts.js';
import type { ChangeEntry } from '../change.js';

/** The audit row of a change of an account under a client. */
export function accountEntry(
  action: string,
  reason: string | null,
  before: ClientAccountRow | null,
  after: ClientAccountRow,
): ChangeEntry {
  return {
    action,
    subjectType: 'account',
    subjectId: after.id,
    clientId: after.clientId,
    reason,
    before: before && fieldsOf(before),
    after: fieldsOf(after),
  };
}

function fieldsOf(row: ClientAccountRow): Record<string, unknown> {
  const { externalId, kind, creditLimit, status, expiresOn, dailyTransferLimit } = row;
  return {
    externalId,
    kind,
    creditLimit: formatMoney(moneyOf(creditLimit)),
    status,
    expiresOn,
    dailyTransferLimit: dailyTransferLimit === null ? null : formatMoney(moneyOf(dailyTransferLimit)),
  };
}
