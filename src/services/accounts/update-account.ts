import { DomainError } from '../../domain/errors.js';
import { moneyOf, moneyWithCurrency } from '../../domain/money.js';
import { applyPatch, type Patch } from '../../domain/patch.js';
import {
  lockClientAccount,
  updateClientAccountRow,
  type ClientAccountFields,
  type ClientAccountRow,
} from '../../storage/accounts/accounts.js';
import { change, recorded, unchanged, type Precondition, type Requester } from '../change.js';
import { requireLimitAllowed } from '../credit/require-limit-allowed.js';
import { accountEntry } from './account-entry.js';
import { requireFitting } from './require-fitting.js';

/**
 * Changes some fields of an account under a client. It is closed instead of deleted, and only without a balance.
 *
 * @throws DomainError `not_found`, `client_deleted`, `account_closed`, `account_not_empty`, `already_exists`, `invalid`,
 * `credit_above_maximum`, `no_rate` for a credit limit that is raised above the requester's maximum
 */
export function updateAccount(
  requester: Requester,
  id: string,
  { patch, reason }: { readonly patch: Patch<ClientAccountFields>; readonly reason: string | null },
  precondition: Precondition<ClientAccountRow>,
): Promise<ClientAccountRow> {
  const { scope, now } = requester;
  return change(requester, async (tx) => {
    const before = await lockClientAccount(tx, scope.resellerId, id, now);
    if (!before) throw new DomainError('not_found', `there is no account ${id}`, '/path/id');
    precondition(before);
    const fields = applyPatch(fieldsOf(before), patch);
    if (isSame(fields, fieldsOf(before))) return unchanged(before);
    requireOpen(before);
    requireFitting({ ...fields, kind: before.kind });
    if (moneyOf(fields.creditLimit) > moneyOf(before.creditLimit)) {
      await requireLimitAllowed(tx, requester, { limit: fields.creditLimit, currency: before.currency });
    }
    if (fields.status === 'closed') requireEmpty(before);
    const after = await updateClientAccountRow(tx, scope.resellerId, id, fields, now);
    const action = fields.status === 'closed' ? 'account.close' : 'account.update';
    return recorded(after, accountEntry(action, reason, before, after));
  });
}

function fieldsOf(row: ClientAccountRow): ClientAccountFields {
  const { externalId, creditLimit, status, expiresOn, dailyTransferLimit } = row;
  return { externalId, creditLimit, status, expiresOn, dailyTransferLimit };
}

function isSame(a: ClientAccountFields, b: ClientAccountFields): boolean {
  return (
    a.externalId === b.externalId &&
    moneyOf(a.creditLimit) === moneyOf(b.creditLimit) &&
    a.status === b.status &&
    a.expiresOn === b.expiresOn &&
    moneyOrNull(a.dailyTransferLimit) === moneyOrNull(b.dailyTransferLimit)
  );
}

function moneyOrNull(text: string | null): bigint | null {
  return text === null ? null : moneyOf(text);
}

function requireOpen({ status, clientStatus }: ClientAccountRow): void {
  if (clientStatus === 'deleted') {
    throw new DomainError('client_deleted', 'the client of this account is deleted: its accounts stay as they are');
  }
  if (status === 'closed') throw new DomainError('account_closed', 'a closed account stays closed: add a new account');
}

function requireEmpty({ balance, currency }: ClientAccountRow): void {
  const left = moneyOf(balance);
  if (left === 0n) return;
  throw new DomainError(
    'account_not_empty',
    `the account has a balance of ${moneyWithCurrency(left, currency)}: transfer it to another account or adjust it to ` +
      'zero first',
    '/status',
  );
}
