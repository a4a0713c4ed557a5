import { clientFieldEntries, type ClientFields } from '../../../domain/clients/client-fields.js';
import { moneyOf } from '../../../domain/money.js';
import { DomainError } from '../../../domain/errors.js';
import type { Transaction } from '../../../storage/system/database.js';
import type { Requester } from '../../change.js';
import { requireLimitAllowed } from '../../credit/require-limit-allowed.js';
import { requireRelations } from '../client-relations.js';
import { requireFittingFields } from '../create-client.js';
import { inheritanceOfNew, newClientFields, type NewClientSources } from '../templates/client-inheritance.js';
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
  const sources = new Map<string, NewClientSources>();
  const sourcesOf = async (given: ImportedFields): Promise<NewClientSources> => {
    const key = `${given.resellerId} ${given.clientTemplateId ?? ''}`;
    const found = sources.get(key) ?? (await inheritanceOfNew(tx, requester.scope.resellerId, given));
    sources.set(key, found);
    return found;
  };
  return async (given) => {
    const resolved = await resultOf(async () => newClientFields(given, await sourcesOf(given)));
    if (resolved instanceof DomainError) return resolved;
    const { fields, ownFields } = resolved;
    const relations = [...referenceFields.map((name) => fields[name]), ...ownFields];
    const related = { before: null, ownFields };
    return (
      (await refusalOf(async () => void (await requireFittingFields(requester, fields)))) ??
      (await once(JSON.stringify(relations), () =>
        requireRelations(tx, requester.scope.resellerId, fields, related),
      )) ??
      (await once(`${fields.creditLimit} ${fields.currency}`, () => requireLimit(tx, requester, fields)))
    );
  };
}

/** What one client refers to. */
const referenceFields = clientFieldEntries.flatMap(([name, { type }]) =>
  type === 'reference' ? [name as keyof ClientFields] : [],
);

async function requireLimit(
  tx: Transaction,
  requester: Requester,
  { creditLimit, currency }: ClientFields,
): Promise<void> {
  if (moneyOf(creditLimit) > 0n) await requireLimitAllowed(tx, requester, { limit: creditLimit, currency });
}

async function refusalOf(check: () => Promise<void>): Promise<DomainError | null> {
  return (await resultOf(check)) ?? null;
}

async function resultOf<T>(check: () => Promise<T>): Promise<T | DomainError> {
  try {
    return await check();
  } catch (error) {
    if (error instanceof DomainError) return error;
    throw error;
  }
}
