import { rateTableKind } from '../../../../services/rates/tables/rate-tables.js';
import { existingShared } from '../../../../services/shared-record.js';
import type { RateTableRow } from '../../../../storage/rates/tables/rate-tables.js';
import { findShared } from '../../../../storage/resellers/shared-records.js';
import type { Scope } from '../../../../storage/system/scope.js';

/** @throws DomainError `not_found` also for one that the caller does not see */
export async function requireRateTable(scope: Scope, id: string): Promise<RateTableRow> {
  const found = await scope.read((q) => findShared(q, rateTableKind.stored, scope.resellerId, id));
  return existingShared(rateTableKind, found, id);
}
