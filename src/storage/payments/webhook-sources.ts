import { DomainError } from '../../domain/errors.js';
import { sqlStateOf, sqlStates, type Queries, type Transaction } from '../system/database.js';
import type { ListQuery } from '../system/paging.js';
import { visibleReseller } from '../system/tenancy.js';

/** A payment system that posts signed events. Its secrets are sealed and never leave this row readable. */
export interface WebhookSource {
  readonly id: string;
  /** the last part of its address */
  readonly name: string;
  readonly resellerId: string;
  readonly active: boolean;
  /** until when the secret before the last rotation is taken too; null: there is none */
  readonly olderUntil: Date | null;
  readonly version: number;
  readonly createdAt: Date;
  readonly lastUsedAt: Date | null;
}

export interface SealedSource extends WebhookSource {
  /** newest first */
  readonly secrets: readonly Uint8Array[];
}

/** @throws DomainError `already_exists` when the name is taken, by whomever */
export async function insertWebhookSource(
  tx: Transaction,
  source: { readonly name: string; readonly resellerId: string; readonly secret: Uint8Array },
): Promise<WebhookSource> {
  try {
    const [row] = await tx.savepoint(
      (inner) => inner<WebhookSource[]>`
        insert into webhook_sources as s (name, reseller_id, secrets)
        values (${source.name}, ${source.resellerId}, array[${Buffer.from(source.secret)}::bytea])
        returning ${columns(inner)}`,
    );
    if (!row) throw new TypeError('an inserted row is returned');
    return row;
  } catch (error) {
    if (sqlStateOf(error) !== sqlStates.uniqueViolation) throw error;
    throw new DomainError(
      'already_exists',
      `there is already a webhook source "${source.name}": choose another name`,
      '/name',
    );
  }
}

type WebhookSourceSort = 'name' | 'createdAt';

export function webhookSourceList(
  q: Queries,
  resellerId: string,
  name: string | null,
): ListQuery<WebhookSource, WebhookSourceSort> {
  const named = name === null ? q`true` : q`s.name = ${name}`;
  const where = q`${visibleReseller(q, q`s.reseller_id`, resellerId)} and ${named}`;
  return {
    columns: {
      id: { expression: q`s.id`, type: 'bigint' },
      name: { expression: q`s.name`, type: 'text' },
      createdAt: { expression: q`s.created_at`, type: 'timestamptz' },
    },
    select: ({ within, orderBy, limit, position }) => q`
      select ${columns(q)}, ${position} as position from webhook_sources s
      where ${where} and ${within} order by ${orderBy} limit ${limit}`,
    count: () => q`select count(*)::int as total from webhook_sources s where ${where}`,
  };
}

export async function findWebhookSource(q: Queries, resellerId: string, id: string): Promise<WebhookSource | null> {
  const [row] = await q<WebhookSource[]>`
    select ${columns(q)} from webhook_sources s where s.id = ${id} and ${visibleReseller(q, q`s.reseller_id`, resellerId)}`;
  return row ?? null;
}

/** Reads a source for a change: no other transaction changes it until this one ends. */
export async function lockWebhookSource(tx: Transaction, resellerId: string, id: string): Promise<SealedSource | null> {
  const [row] = await tx<SealedSource[]>`
    select ${columns(tx)}, s.secrets from webhook_sources s
    where s.id = ${id} and ${visibleReseller(tx, tx`s.reseller_id`, resellerId)} for update`;
  return row ?? null;
}

/** For a message that came in; null when there is no source of this name. */
export async function sourceByName(q: Queries, name: string): Promise<SealedSource | null> {
  const [row] = await q<SealedSource[]>`
    select ${columns(q)}, s.secrets from webhook_sources s where s.name = ${name}`;
  return row ?? null;
}

/** Puts a new secret in front; the one that was newest is taken until `olderUntil`, older ones no more. */
export async function rotateSecret(
  tx: Transaction,
  id: string,
  secret: Uint8Array,
  olderUntil: Date | null,
): Promise<WebhookSource> {
  const [row] = await tx<WebhookSource[]>`
    update webhook_sources s set
      secrets = ${olderUntil === null ? tx`array[${Buffer.from(secret)}::bytea]` : tx`array[${Buffer.from(secret)}::bytea, s.secrets[1]]`},
      older_until = ${olderUntil},
      version = s.version + 1
    where s.id = ${id} returning ${columns(tx)}`;
  if (!row) throw new TypeError('a locked row is there');
  return row;
}

export async function setWebhookSourceActive(tx: Transaction, id: string, active: boolean): Promise<WebhookSource> {
  const [row] = await tx<WebhookSource[]>`
    update webhook_sources s set active = ${active}, version = s.version + 1 where s.id = ${id} returning ${columns(tx)}`;
  if (!row) throw new TypeError('a locked row is there');
  return row;
}

export async function deleteWebhookSourceRow(tx: Transaction, id: string): Promise<void> {
  await tx`delete from webhook_sources where id = ${id}`;
}

/** At most once a minute, so that a busy source does not write a row for every message. */
export async function markSourceUsed(q: Queries, id: string, nowMs: number): Promise<void> {
  const now = new Date(nowMs);
  await q`
    update webhook_sources set last_used_at = ${now}
    where id = ${id} and (last_used_at is null or last_used_at < ${now}::timestamptz - interval '1 minute')`;
}

function columns(q: Queries): ReturnType<Queries> {
  return q`s.id, s.name, s.reseller_id as "resellerId", s.active, s.older_until as "olderUntil", s.version,
    s.created_at as "createdAt", s.last_used_at as "lastUsedAt"`;
}
