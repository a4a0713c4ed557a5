import type { UserRow } from '../../storage/access/users.js';
import type { ChangeEntry } from '../change.js';

/** The audit row of a change of a user. */
export function userEntry(
  action: string,
  before: UserRow | null,
  after: UserRow | null,
  reason: string | null,
): ChangeEntry {
  const subject = after ?? before;
  if (!subject) throw new TypeError('a change has a user before it or after it');
  return {
    action,
    subjectType: 'user',
    subjectId: subject.id,
    resellerId: subject.resellerId,
    reason,
    before: before && auditedFields(before),
    after: after && auditedFields(after),
  };
}

/** What a new version of a user is made of; preferences are the user's own. */
export function auditedFields(row: UserRow): Record<string, unknown> {
  const { resellerId, name, email, role, status, locale, timezone, maxAmount, currency, maxPercent, maxDays } = row;
  const { maxLimit, limitCurrency } = row;
  return {
    resellerId,
    name,
    email,
    role,
    status,
    locale,
    timezone,
    maxAmount,
    currency,
    maxPercent,
    maxDays,
    maxLimit,
    limitCurrency,
  };
}
