import { keyColumns, keyTables, type ApiKeyRow } from './api-keys.js';
import type { Queries, Transaction } from '../system/database.js';
import type { ListQuery } from '../system/paging.js';
import { containing } from '../clients/text-match.js';
import { visibleReseller } from '../system/tenancy.js';

/** Reading and revoking keys; making and using them: api-keys.ts. */

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

/** The keys of a user that are not revoked, locked. */
export async function lockKeysOf(tx: Transaction, ownerId: string): Promise<ApiKeyRow[]> {
  return tx<ApiKeyRow[]>`
    select ${keyColumns(tx)} from ${keyTables(tx)} where k.owner_id = ${ownerId} and k.revoked_at is null for update of k`;
}

export async function revokeApiKeyRow(tx: Transaction, id: string, at: Date): Promise<void> {
  await tx`update api_keys set revoked_at = ${at} where id = ${id}`;
}
