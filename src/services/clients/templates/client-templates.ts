import type { InheritableField } from '../../../domain/clients/client-fields.js';
import { detachedFields, type TemplateValues } from '../../../domain/clients/client-inheritance.js';
import { requireTemplate, type ClientTemplateFields } from '../../../domain/clients/client-template.js';
import { DomainError } from '../../../domain/errors.js';
import { moneyOf } from '../../../domain/money.js';
import { clientTemplateTable, type ClientTemplateRow } from '../../../storage/clients/templates/client-templates.js';
import { detachTemplateClients, lockTemplateClients } from '../../../storage/clients/templates/inherited-values.js';
import { requireOwner } from '../../../storage/resellers/resellers.js';
import { findShared, lockShared } from '../../../storage/resellers/shared-records.js';
import type { Transaction } from '../../../storage/system/database.js';
import { scopeWithin } from '../../../storage/system/scope.js';
import { change, recordedAll, unrecorded, type ChangeEntry, type Precondition, type Requester } from '../../change.js';
import { requireLimitAllowed, requireUnlimitedAllowed } from '../../credit/require-limit-allowed.js';
import { createShared, existingShared, removeShared, type SharedKind } from '../../shared-record.js';
import { requireTemplateReferences } from './template-references.js';

export const clientTemplateKind: SharedKind<ClientTemplateFields, ClientTemplateRow> = {
  stored: clientTemplateTable,
  subjectType: 'client_template',
  noun: 'client template',
};

/**
 * @throws DomainError `invalid` for values that no client can have together, `not_found` and `conflict` for what they
 * refer to, `credit_above_maximum`, and as `createShared`
 */
export function createClientTemplate(
  requester: Requester,
  fields: ClientTemplateFields,
  reason: string | null,
): Promise<ClientTemplateRow> {
  requireTemplate(fields);
  const { scope } = requester;
  return change(requester, async (tx) => {
    const path = await requireOwner(tx, scope.resellerId, fields.resellerId, '/resellerId');
    await requireTemplateReferences(tx, scope.resellerId, path, fields.values, {});
    await requireCreditOfTemplate(tx, requester, fields, {});
    const inner = { ...requester, scope: scopeWithin(scope, tx) };
    return unrecorded(await createShared(inner, clientTemplateKind, fields, reason));
  });
}

/** A template gives no client more than its author could. @throws DomainError `credit_above_maximum`, `no_rate` */
export async function requireCreditOfTemplate(
  tx: Transaction,
  requester: Requester,
  { values, currency }: Pick<ClientTemplateFields, 'values' | 'currency'>,
  before: TemplateValues,
): Promise<void> {
  const { balanceModel, creditLimit } = values;
  if (balanceModel === 'unlimited' && before.balanceModel !== 'unlimited') requireUnlimitedAllowed(requester);
  if (creditLimit === undefined || currency === null) return;
  if (moneyOf(creditLimit) <= moneyOf(before.creditLimit ?? '0.00')) return;
  await requireLimitAllowed(tx, requester, { limit: creditLimit, currency });
}

/** @throws DomainError `not_found`; `in_use` while clients have it */
export function deleteClientTemplate(
  requester: Requester,
  id: string,
  reason: string | null,
  precondition: Precondition<ClientTemplateRow>,
): Promise<void> {
  const { scope } = requester;
  return change(requester, async (tx) => {
    const row = existingShared(clientTemplateKind, await lockShared(tx, clientTemplateTable, scope.resellerId, id), id);
    precondition(row);
    if (row.clients > 0) {
      const some = row.clients === 1 ? '1 client uses' : `${row.clients} clients use`;
      throw new DomainError(
        'in_use',
        `${some} this client template: detach it first, with POST /v1/client-templates/{id}/detach`,
        '/path/id',
      );
    }
    // Deleted clients keep its values.
    await detachTemplateClients(tx, id, templateNames(row.values));
    const inner = { ...requester, scope: scopeWithin(scope, tx) };
    return unrecorded(await removeShared(inner, clientTemplateKind, id, reason, () => undefined));
  });
}

/**
 * Takes a template from all its clients: they keep its values as their own.
 *
 * @returns how many clients
 * @throws DomainError `not_found`
 */
export function detachClientTemplate(
  requester: Requester,
  id: string,
  reason: string | null,
  precondition: Precondition<ClientTemplateRow>,
): Promise<number> {
  const { scope } = requester;
  return change(requester, async (tx) => {
    const row = existingShared(clientTemplateKind, await lockShared(tx, clientTemplateTable, scope.resellerId, id), id);
    precondition(row);
    await lockTemplateClients(tx, id);
    const detached = await detachTemplateClients(tx, id, templateNames(row.values));
    const entries = detached.map((clientId): ChangeEntry => ({
      ...{ action: 'client.update', subjectType: 'client', subjectId: clientId, clientId, reason },
      before: { clientTemplateId: id },
      after: { clientTemplateId: null },
    }));
    return recordedAll(detached.length, entries);
  });
}

function templateNames(values: TemplateValues): InheritableField[] {
  return detachedFields([], values);
}

/** @throws DomainError `not_found` */
export async function requireClientTemplate(
  { scope }: Requester,
  id: string,
  pointer: string,
): Promise<ClientTemplateRow> {
  const found = await scope.read((q) => findShared(q, clientTemplateTable, scope.resellerId, id));
  return existingShared(clientTemplateKind, found, id, pointer);
}
