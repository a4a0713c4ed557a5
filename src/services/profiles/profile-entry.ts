import type { ProfileRow } from '../../storage/profiles/profiles.js';
import type { ChangeEntry } from '../change.js';

/** The audit row of a change of a profile. */
export function profileEntry(
  action: string,
  reason: string | null,
  before: ProfileRow | null,
  after: ProfileRow | null,
): ChangeEntry {
  const subject = after ?? before;
  if (!subject) throw new TypeError('a change has a profile before it or after it');
  return {
    action,
    subjectType: 'profile',
    subjectId: subject.id,
    resellerId: subject.resellerId,
    reason,
    before: before && fieldsOf(before),
    after: after && fieldsOf(after),
  };
}

function fieldsOf(row: ProfileRow): Record<string, unknown> {
  const { resellerId, name, currency, sortOrder, maxNotifications, periodHours, checkEveryMinutes } = row;
  const { trigger, resetOn, whenSeveral, rules } = row;
  return {
    resellerId,
    name,
    currency,
    sortOrder,
    maxNotifications,
    periodHours,
    checkEveryMinutes,
    trigger,
    resetOn,
    whenSeveral,
    rules,
  };
}
