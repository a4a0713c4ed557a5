import { clientFieldEntries, type NewClientFields } from '../../../domain/clients/client-fields.js';
import { moneyOf } from '../../../domain/money.js';
import { DomainError } from '../../../domain/errors.js';
import type { Transaction } from '../../../storage/system/database.js';
import type { Requester } from '../../change.js';
import { requireLimitAllowed } from '../../credit/require-limit-allowed.js';
import { requireRelations } from '../client-relations.js';
import { requireFittingFields } from '../create-client.js';
import type { ImportedFields } from './checked-row.js';

/**
 * The checks of a new client that do not write. Rows that share reseller, manager, profile, and the like, or the credit
 * limit, are checked once.
 *
 * @returns a check of one row; null: it may be created
 */
export function fieldChecks(
  tx: Transaction,
  requester: Requester,
): (fields: ImportedFields) => Promise<DomainError | null> {
  const known = new Map<string, Promise<DomainError | null>>();
  const once = (key: string, check: () => Promise<void>): Promise<DomainError | null> => {
    const earlier = known.get(key);
    if (earlier) return earlier;
    const result = refusalOf(check);
    known.set(key, result);
    return result;
  };
  return async (fields) => {
    const relations = referenceFields.map((name) => fields[name]);
    return (
      (await refusalOf(async () => void requireFittingFields(requester, fields))) ??
      (await once(JSON.stringify(relations), () => requireRelations(tx, requester.scope.resellerId, fields, null))) ??
      (await once(`${fields.creditLimit} ${fields.currency}`, () => requireLimit(tx, requester, fields)))
    );
  };
}

/** What one client refers to. */
const referenceFields = clientFieldEntries.flatMap(([name, { type }]) =>
  type === 'reference' ? [name as keyof NewClientFields] : [],
);

async function requireLimit(
  tx: Transaction,
  requester: Requester,
  { creditLimit, currency }: ImportedFields,
): Promise<void> {
  if (moneyOf(creditLimit) > 0n) await requireLimitAllowed(tx, requester, { limit: creditLimit, currency });
}

async function refusalOf(check: () => Promise<void>): Promise<DomainError | null> {
  try {
    await check();
    return null;
  } catch (error) {
    if (error instanceof DomainError) return error;
    throw error;
  }
}
