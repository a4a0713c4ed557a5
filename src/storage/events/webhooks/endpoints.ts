import type { Fragment } from 'postgres';
import { DomainError } from '../../../domain/errors.js';
import type { EventKind } from '../../../domain/events/events.js';
import { containing } from '../../clients/text-match.js';
import { sqlStateOf, sqlStates, type Queries, type Transaction } from '../../system/database.js';
import type { ListQuery } from '../../system/paging.js';
import { visibleReseller } from '../../system/tenancy.js';

/** Why an endpoint receives nothing: a person, it answered 410, or every attempt failed for days. */
export const disabledReasons = ['user', 'gone', 'failing'] as const;
type DisabledReason = (typeof disabledReasons)[number];

export interface EndpointFields {
  readonly name: string;
  readonly url: string;
  /** null: all, also those to come */
  readonly kinds: readonly EventKind[] | null;
  readonly enabled: boolean;
}

/** An address of others that receives events. Its secrets are sealed and never leave this row readable. */
export interface WebhookEndpoint extends EndpointFields {
  readonly id: string;
  readonly resellerId: string;
  readonly resellerName: string;
  /** null: it is enabled */
  readonly disabledBy: DisabledReason | null;
  /** until when the secret before the last rotation signs too; null: there is none */
  readonly olderUntil: Date | null;
  /** what the secrets are sealed for */
  readonly secretPlace: string;
  readonly version: number;
  readonly createdAt: Date;
  /** of the last attempt; null: there was none */
  readonly lastOutcome: 'accepted' | 'failed' | null;
  readonly lastAt: Date | null;
  /** since when every attempt failed; null: the last one did not */
  readonly failingSince: Date | null;
  readonly pending: number;
  readonly failed: number;
  readonly skipped: number;
}

interface NewEndpoint extends EndpointFields {
  readonly resellerId: string;
  readonly secret: Uint8Array;
  readonly secretPlace: string;
}

/** @throws DomainError `already_exists` when the reseller has another endpoint of this name */
export async function insertEndpoint(tx: Transaction, endpoint: NewEndpoint): Promise<WebhookEndpoint> {
  const { name, url, kinds, enabled, resellerId, secret, secretPlace } = endpoint;
  const [row] = await withUniqueName(
    tx,
    name,
    (inner) => inner<{ id: string }[]>`
      insert into webhook_endpoints (reseller_id, name, url, kinds, enabled, disabled_by, secrets, secret_place)
      values (${resellerId}, ${name}, ${url}, ${kinds && [...kinds]}, ${enabled}, ${enabled ? null : 'user'},
        array[${Buffer.from(secret)}::bytea], ${secretPlace})
      returning id`,
  );
  return reread(tx, row?.id);
}

/** Of a locked row. @throws DomainError `already_exists` */
export async function updateEndpoint(tx: Transaction, id: string, fields: EndpointFields): Promise<WebhookEndpoint> {
  const { name, url, kinds, enabled } = fields;
  await withUniqueName(
    tx,
    name,
    (inner) => inner`
      update webhook_endpoints set name = ${name}, url = ${url}, kinds = ${kinds && [...kinds]}, version = version + 1,
        enabled = ${enabled}, disabled_by = ${enabled ? null : inner`coalesce(disabled_by, 'user')`},
        failing_since = ${enabled ? inner`case when enabled then failing_since end` : inner`failing_since`}
      where id = ${id}`,
  );
  return reread(tx, id);
}

/** Puts a new secret in front; the one that was newest signs too until `olderUntil`, older ones no more. */
export async function rotateEndpointSecret(
  tx: Transaction,
  id: string,
  secret: Uint8Array,
  olderUntil: Date | null,
): Promise<WebhookEndpoint> {
  const older = olderUntil === null ? tx`` : tx`, secrets[1]`;
  await tx`
    update webhook_endpoints set secrets = array[${Buffer.from(secret)}::bytea${older}], older_until = ${olderUntil},
      version = version + 1
    where id = ${id}`;
  return reread(tx, id);
}

/** With its deliveries. */
export async function deleteEndpoint(tx: Transaction, id: string): Promise<void> {
  await tx`delete from webhook_endpoints where id = ${id}`;
}

/** Null when there is none that the caller sees. */
export async function findEndpoint(q: Queries, resellerId: string, id: string): Promise<WebhookEndpoint | null> {
  const [row] = await q<WebhookEndpoint[]>`
    select ${columns(q)} from ${tables(q)} where e.id = ${id} and ${visibleReseller(q, q`e.reseller_id`, resellerId)}`;
  return row ?? null;
}

/** Reads an endpoint for a change: no other transaction changes it until this one ends. Events still queue for it. */
export async function lockEndpoint(tx: Transaction, resellerId: string, id: string): Promise<WebhookEndpoint | null> {
  await tx`select 1 from webhook_endpoints where id = ${id} for no key update`;
  return findEndpoint(tx, resellerId, id);
}

interface EndpointFilter {
  readonly resellerId: string | null;
  readonly enabled: boolean | null;
  readonly lastOutcome: 'accepted' | 'failed' | null;
  /** within name or address, without case */
  readonly q: string | null;
}

export const endpointSorts = ['name', 'createdAt', 'id'] as const;

export function endpointList(
  q: Queries,
  resellerId: string,
  filter: EndpointFilter,
): ListQuery<WebhookEndpoint, (typeof endpointSorts)[number]> {
  const parts: Fragment[] = [visibleReseller(q, q`e.reseller_id`, resellerId)];
  if (filter.resellerId !== null) parts.push(visibleReseller(q, q`e.reseller_id`, filter.resellerId));
  if (filter.enabled !== null) parts.push(q`e.enabled = ${filter.enabled}`);
  if (filter.lastOutcome !== null) parts.push(q`e.last_outcome = ${filter.lastOutcome}`);
  if (filter.q !== null) parts.push(q`lower(e.name || ' ' || e.url) like ${containing(filter.q)}`);
  const where = parts.reduce((all, part) => q`${all} and ${part}`);
  return {
    columns: {
      id: { expression: q`e.id`, type: 'bigint' },
      name: { expression: q`lower(e.name)`, type: 'text' },
      createdAt: { expression: q`e.created_at`, type: 'timestamptz' },
    },
    select: ({ within, orderBy, limit, position }) => q`
      select ${columns(q)}, ${position} as position from ${tables(q)}
      where ${where} and ${within} order by ${orderBy} limit ${limit}`,
    count: () => q`select count(*)::int as total from ${tables(q)} where ${where}`,
  };
}

async function reread(q: Queries, id: string | undefined): Promise<WebhookEndpoint> {
  const [row] = await q<WebhookEndpoint[]>`select ${columns(q)} from ${tables(q)} where e.id = ${id ?? null}`;
  if (!row) throw new TypeError('a written row is there');
  return row;
}

async function withUniqueName<T>(
  tx: Transaction,
  name: string,
  write: (tx: Transaction) => Promise<T>,
): Promise<Awaited<T>> {
  try {
    return (await tx.savepoint(write)) as Awaited<T>;
  } catch (error) {
    if (sqlStateOf(error) !== sqlStates.uniqueViolation) throw error;
    throw new DomainError(
      'already_exists',
      `there is already a webhook endpoint "${name}": choose another name`,
      '/name',
    );
  }
}

function tables(q: Queries): Fragment {
  return q`
    webhook_endpoints e join resellers owner on owner.id = e.reseller_id
    cross join lateral (
      select (count(*) filter (where status = 'pending'))::int as pending,
        (count(*) filter (where status = 'failed'))::int as failed,
        (count(*) filter (where status = 'skipped'))::int as skipped
      from webhook_deliveries d where d.endpoint_id = e.id and d.event_id is not null
    ) d`;
}

function columns(q: Queries): Fragment {
  return q`e.id, e.reseller_id as "resellerId", owner.name as "resellerName", e.name, e.url, e.kinds, e.enabled,
    e.disabled_by as "disabledBy", e.older_until as "olderUntil", e.secret_place as "secretPlace", e.version,
    e.created_at as "createdAt", e.last_outcome as "lastOutcome", e.last_at as "lastAt",
    e.failing_since as "failingSince", d.pending, d.failed, d.skipped`;
}
