import type { ApiKeyRow } from '../../storage/access/api-keys.js';
import type { ChangeEntry } from '../change.js';

/** The audit row of a key that was made. */
export function createdKeyEntry(row: ApiKeyRow, reason: string | null): ChangeEntry {
  return { ...subjectOf(row), action: 'api_key.create', reason, before: null, after: fieldsOf(row) };
}

/** The audit row of a key that was revoked. */
export function revokedKeyEntry(row: ApiKeyRow, reason: string | null): ChangeEntry {
  const before = fieldsOf(row);
  return { ...subjectOf(row), action: 'api_key.revoke', reason, before, after: { ...before, revoked: true } };
}

function subjectOf({ id, resellerId }: ApiKeyRow): Pick<ChangeEntry, 'subjectType' | 'subjectId' | 'resellerId'> {
  return { subjectType: 'api_key', subjectId: id, resellerId };
}

function fieldsOf(row: ApiKeyRow): Record<string, unknown> {
  const { resellerId, name, prefix, ownerId, scopes, expiresAt, maxAmount, currency, maxPercent, maxDays } = row;
  const { maxLimit, limitCurrency } = row;
  return {
    resellerId,
    name,
    prefix,
    ownerId,
    scopes,
    expiresAt,
    maxAmount,
    currency,
    maxPercent,
    maxDays,
    maxLimit,
    limitCurrency,
  };
}
