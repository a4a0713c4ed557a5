import { toGrantRecord, type GrantRow } from '../../storage/credit/temporary-credit-rows.js';
import type { ChangeEntry } from '../change.js';

/** The audit row of a change of a temporary credit. */
export function grantEntry(
  action: `temporary_credit.${'grant' | 'change' | 'cancel' | 'start' | 'warn' | 'revert'}`,
  reason: string,
  before: GrantRow | null,
  after: GrantRow,
): ChangeEntry {
  return {
    action,
    subjectType: 'temporary_credit',
    subjectId: after.id,
    clientId: after.clientId,
    reason,
    before: before && { ...toGrantRecord(before) },
    after: { ...toGrantRecord(after) },
  };
}

/** The audit row of a temporary credit that was still open after its end. */
export function revertedGrantEntry({
  before,
  after,
}: {
  readonly before: GrantRow;
  readonly after: GrantRow;
}): ChangeEntry {
  return grantEntry('temporary_credit.revert', after.reason, before, after);
}
