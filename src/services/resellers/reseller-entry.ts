import type { ResellerRow } from '../../storage/resellers/resellers.js';
import type { ChangeEntry } from '../change.js';

/** The audit row of a change of a reseller or a manager. */
export function resellerEntry(
  action: string,
  reason: string | null,
  before: ResellerRow | null,
  after: ResellerRow,
): ChangeEntry {
  return {
    action,
    subjectType: 'reseller',
    subjectId: after.id,
    resellerId: after.id,
    reason,
    before: before && fieldsOf(before),
    after: fieldsOf(after),
  };
}

function fieldsOf(row: ResellerRow): Record<string, unknown> {
  const { parentId, kind, name, email, locale, timezone, status, currency, credit } = row;
  return { parentId, kind, name, email, locale, timezone, status, currency, credit };
}
