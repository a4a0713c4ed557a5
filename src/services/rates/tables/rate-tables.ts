import { requireSharedOf } from '../../../domain/clients/relations.js';
import { applyPatch, type Patch } from '../../../domain/patch.js';
import type { RateTableFields } from '../../../domain/rates/tables/rate-table.js';
import { readResellerPaths } from '../../../storage/clients/change-owners.js';
import { rateTableTable, type RateTableRow } from '../../../storage/rates/tables/rate-tables.js';
import { lockOwnerOf } from '../../../storage/resellers/shared-records.js';
import type { Transaction } from '../../../storage/system/database.js';
import type { Precondition, Requester } from '../../change.js';
import { changeShared, createShared, type SharedKind } from '../../shared-record.js';

export const rateTableKind: SharedKind<RateTableFields, RateTableRow> = {
  stored: rateTableTable,
  subjectType: 'rate_table',
  noun: 'rate table',
};

/** @throws DomainError `not_found`, `conflict` for an agreement of another reseller, and as `createShared` */
export function createRateTable(
  requester: Requester,
  fields: RateTableFields,
  reason: string | null,
): Promise<RateTableRow> {
  return createShared(requester, rateTableKind, fields, reason, async (tx) => {
    await requireAgreement(tx, requester, fields);
    return {};
  });
}

/** @throws DomainError as `createRateTable` and `changeShared` */
export function updateRateTable(
  requester: Requester,
  id: string,
  { patch, reason }: { readonly patch: Patch<RateTableFields>; readonly reason: string | null },
  precondition: Precondition<RateTableRow>,
): Promise<RateTableRow> {
  const fieldsFor = async (before: RateTableRow, tx: Transaction): Promise<RateTableFields> => {
    const fields = applyPatch<RateTableFields>(before, patch);
    if (fields.agreementId !== before.agreementId) await requireAgreement(tx, requester, fields);
    return fields;
  };
  return changeShared(requester, rateTableKind, id, { fieldsFor, reason }, precondition);
}

async function requireAgreement(
  tx: Transaction,
  { scope }: Requester,
  { agreementId: id, resellerId }: RateTableFields,
): Promise<void> {
  if (id === null) return;
  const path = (await readResellerPaths(tx, [resellerId])).get(resellerId) ?? [];
  const owner = await lockOwnerOf(tx, 'agreements', scope.resellerId, id);
  const facts = { noun: 'agreement', pointer: '/agreementId', whose: "the table's reseller" };
  requireSharedOf(path, { ...facts, id, owner });
}
