import { DomainError } from '../../domain/errors.js';
import { auditedBy, writeAudit } from '../system/audit.js';
import { createApiKey, keyColumns, keyTables, type ApiKeyRow, type NewApiKey } from './api-keys.js';
import type { Change } from '../system/change.js';
import type { Queries, Transaction } from '../system/database.js';
import type { ListQuery } from '../system/paging.js';
import { containing } from '../clients/text-match.js';
import { visibleReseller } from '../system/visible.js';

/** Making, listing and revoking keys; using them: api-keys.ts. */

export async function findApiKey(q: Queries, withinId: string, id: string): Promise<ApiKeyRow | null> {
  const [row] = await q<ApiKeyRow[]>`
    select ${keyColumns(q)} from ${keyTables(q)}
    where k.id = ${id} and ${visibleReseller(q, q`k.reseller_id`, withinId)}`;
  return row ?? null;
}

type KeySort = 'id' | 'name' | 'createdAt' | 'lastUsedAt';

export interface KeyFilter {
  readonly resellerId: string | null;
  readonly ownerId: string | null;
  readonly status: 'usable' | 'all';
  /** within name or prefix, without case */
  readonly q: string | null;
}

export function apiKeyList(
  q: Queries,
  withinId: string,
  filter: KeyFilter,
  nowMs: number,
): ListQuery<ApiKeyRow, KeySort> {
  const wanted = q`
    r.path @> array[${withinId}::bigint]
    and (${filter.resellerId}::bigint is null or r.path @> array[${filter.resellerId}::bigint])
    and (${filter.ownerId}::bigint is null or k.owner_id = ${filter.ownerId})
    and (${filter.status} = 'all' or (
      k.revoked_at is null and (k.expires_at is null or k.expires_at > ${new Date(nowMs)})
      and u.status is distinct from 'disabled'))
    and ${filter.q === null ? q`true` : q`lower(k.name || ' ' || k.prefix) like ${containing(filter.q)}`}`;
  return {
    columns: {
      id: { expression: q`k.id`, type: 'bigint' },
      name: { expression: q`lower(k.name)`, type: 'text' },
      createdAt: { expression: q`k.created_at`, type: 'timestamptz' },
      lastUsedAt: { expression: q`coalesce(k.last_used_at, '-infinity')`, type: 'timestamptz' },
    },
    select: ({ within, orderBy, limit, position }) => q`
      select ${keyColumns(q)}, ${position} as position from ${keyTables(q)}
      where ${wanted} and ${within} order by ${orderBy} limit ${limit}`,
    count: () => q`
      select count(*)::int as total from ${keyTables(q)} where ${wanted}`,
  };
}

/**
 * Makes a key for the reseller or for somebody below, with its audit row. The key itself is in no row.
 *
 * @throws DomainError `not_found` for a reseller outside of the subtree
 */
export async function issueApiKey(
  tx: Transaction,
  withinId: string,
  input: NewApiKey,
  change: Change,
): Promise<{ readonly row: ApiKeyRow; readonly key: string }> {
  const found = await tx`
    select 1 from resellers r where r.id = ${input.resellerId} and ${visibleReseller(tx, tx`r.id`, withinId)}`;
  if (found.length === 0) throw new DomainError('not_found', `there is no reseller ${input.resellerId}`, '/resellerId');
  const { id, key } = await createApiKey(tx, input);
  const row = await findApiKey(tx, withinId, id);
  if (!row) throw new Error('a key that was just made is not there');
  await writeAudit(tx, {
    ...auditedBy(change.actor),
    action: 'api_key.create',
    subjectType: 'api_key',
    subjectId: id,
    resellerId: row.resellerId,
    reason: change.reason,
    before: null,
    after: fieldsOf(row),
  });
  return { row, key };
}

/** From now on the key is refused. Revoking it again changes nothing. False where there is no such key. */
export async function revokeApiKey(
  tx: Transaction,
  withinId: string,
  id: string,
  nowMs: number,
  change: Change,
): Promise<boolean> {
  await tx`select 1 from api_keys where id = ${id} for update`;
  const row = await findApiKey(tx, withinId, id);
  if (!row) return false;
  if (row.revokedAt) return true;
  await revoke(tx, row, nowMs, change);
  return true;
}

/** Revokes what a user leaves behind. */
export async function revokeKeysOf(tx: Transaction, ownerId: string, nowMs: number, change: Change): Promise<void> {
  const rows = await tx<ApiKeyRow[]>`
    select ${keyColumns(tx)} from ${keyTables(tx)} where k.owner_id = ${ownerId} and k.revoked_at is null for update of k`;
  for (const row of rows) await revoke(tx, row, nowMs, change);
}

async function revoke(tx: Transaction, row: ApiKeyRow, nowMs: number, change: Change): Promise<void> {
  await tx`update api_keys set revoked_at = ${new Date(nowMs)} where id = ${row.id}`;
  await writeAudit(tx, {
    ...auditedBy(change.actor),
    action: 'api_key.revoke',
    subjectType: 'api_key',
    subjectId: row.id,
    resellerId: row.resellerId,
    reason: change.reason,
    before: fieldsOf(row),
    after: { ...fieldsOf(row), revoked: true },
  });
}

function fieldsOf(row: ApiKeyRow): Record<string, unknown> {
  const { resellerId, name, prefix, ownerId, scopes, expiresAt, maxAmount, currency, maxPercent, maxDays } = row;
  return { resellerId, name, prefix, ownerId, scopes, expiresAt, maxAmount, currency, maxPercent, maxDays };
}
