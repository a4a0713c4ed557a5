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
