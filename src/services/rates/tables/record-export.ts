import { DomainError } from '../../../domain/errors.js';
import { saveExported, type RateTableRow } from '../../../storage/rates/tables/rate-tables.js';
import { findShared, lockShared } from '../../../storage/resellers/shared-records.js';
import { change, recorded, type Precondition, type Requester } from '../../change.js';
import { existingShared } from '../../shared-record.js';
import { rateTableKind } from './rate-tables.js';

interface RecordedExport {
  /** when the exported file was made */
  readonly at: Date;
  readonly reason: string | null;
}

/**
 * Records that the rates of a table, as of an instant, have reached those who use them: rates that were effective by then
 * are unchanged in the next export.
 *
 * @throws DomainError `not_found`; `invalid` for an instant of the future, or before the last export
 */
export function recordExport(
  requester: Requester,
  id: string,
  { at, reason }: RecordedExport,
  precondition: Precondition<RateTableRow>,
): Promise<RateTableRow> {
  const { scope, now } = requester;
  const { stored } = rateTableKind;
  return change(requester, async (tx) => {
    const before = existingShared(rateTableKind, await lockShared(tx, stored, scope.resellerId, id), id);
    precondition(before);
    if (at.getTime() > now) throw new DomainError('invalid', 'must not be in the future', '/at');
    if (before.lastExportedAt && at < before.lastExportedAt) {
      throw new DomainError('invalid', 'must not be before the last export of the table', '/at');
    }
    await saveExported(tx, id, at);
    const row = existingShared(rateTableKind, await findShared(tx, stored, scope.resellerId, id), id);
    return recorded(row, {
      ...{ action: 'rate_table.export', subjectType: 'rate_table', subjectId: id, resellerId: row.resellerId, reason },
      before: { lastExportedAt: before.lastExportedAt?.toISOString() ?? null },
      after: { lastExportedAt: at.toISOString() },
    });
  });
}
