import { DomainError } from '../../domain/errors.js';
import { moneyOf } from '../../domain/money.js';
import { applyPatch, type Patch } from '../../domain/patch.js';
import { requireCurrencyOfCredit, requireLedgerOf } from '../../domain/resellers/tree.js';
import { hasEntries } from '../../storage/resellers/reseller-ledger.js';
import {
  lockReseller,
  signalClientsOfReseller,
  updateResellerRow,
  type ResellerFields,
  type ResellerRow,
} from '../../storage/resellers/resellers.js';
import type { Transaction } from '../../storage/system/database.js';
import { change, recorded, type Precondition, type Requester } from '../change.js';
import { resellerEntry } from './reseller-entry.js';

/**
 * Changes some fields of a reseller or a manager. Another email is another recipient of its clients' notifications:
 * their monitors are signaled.
 *
 * @throws DomainError `not_found`; `conflict` for another currency after the first entry of its ledger; `own_ledger`;
 *   `already_exists`; `manager_not_permitted` for a balance of a manager
 */
export function updateReseller(
  requester: Requester,
  id: string,
  { patch, reason }: { readonly patch: Patch<ResellerFields>; readonly reason: string | null },
  precondition: Precondition<ResellerRow>,
): Promise<ResellerRow> {
  const { resellerId } = requester.scope;
  return change(requester, async (tx) => {
    const before = await lockReseller(tx, resellerId, id);
    if (!before) throw new DomainError('not_found', `there is no reseller ${id}`, '/path/id');
    precondition(before);
    if (before.status === 'deleted') throw new DomainError('conflict', 'the reseller is deleted', '/path/id');
    const fields = applyPatch(fieldsOf(before), patch);
    await requireBalanceFields(tx, requester, before, fields);
    const after = await updateResellerRow(tx, resellerId, id, fields);
    if (before.email !== after.email) await signalClientsOfReseller(tx, id);
    return recorded(after, resellerEntry('reseller.update', reason, before, after));
  });
}

/** Currency and credit of the ledger. @throws DomainError */
async function requireBalanceFields(
  tx: Transaction,
  { scope }: Requester,
  before: ResellerRow,
  fields: ResellerFields,
): Promise<void> {
  const isCurrency = fields.currency !== before.currency;
  const isCredit = moneyOf(fields.credit) !== moneyOf(before.credit);
  if (!isCurrency && !isCredit) return;
  requireLedgerOf(before, isCurrency ? '/currency' : '/credit');
  if (before.id === scope.resellerId) {
    throw new DomainError(
      'own_ledger',
      'currency and credit are set by the reseller above yours',
      isCurrency ? '/currency' : '/credit',
    );
  }
  requireCurrencyOfCredit(fields);
  if (isCurrency && (await hasEntries(tx, before.id))) {
    throw new DomainError('conflict', 'must stay as it is: the ledger has entries in this currency', '/currency');
  }
}

function fieldsOf({ name, email, locale, timezone, currency, credit }: ResellerRow): ResellerFields {
  return { name, email, locale, timezone, currency, credit };
}
