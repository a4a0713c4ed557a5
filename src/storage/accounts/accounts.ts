import type { Fragment } from 'postgres';
import type { AccountKind, AccountStatus } from '../../domain/accounts/accounts.js';
import { DomainError } from '../../domain/errors.js';
import { withWildcards } from '../clients/text-match.js';
import { sqlStateOf, sqlStates, type Queries, type Transaction } from '../system/database.js';
import type { ListQuery } from '../system/paging.js';
import { subtree, visibleClient, visibleClients } from '../system/tenancy.js';

/** What may be changed of an account. */
export interface ClientAccountFields {
  /** the operator's own id; one within the client's accounts that are not closed */
  readonly externalId: string;
  /** decimal string; of a credit account, else zero */
  readonly creditLimit: string;
  readonly status: AccountStatus;
  /** `2026-03-31`, the last valid day in the client's time zone; null: it does not expire */
  readonly expiresOn: string | null;
  /** decimal string; null: no maximum */
  readonly dailyTransferLimit: string | null;
}

/** An account under a client. */
export interface ClientAccountRow extends ClientAccountFields {
  readonly id: string;
  readonly clientId: string;
  readonly clientName: string;
  readonly clientStatus: 'active' | 'stop' | 'deleted';
  readonly resellerId: string;
  readonly kind: AccountKind;
  readonly currency: string;
  readonly isExpired: boolean;
  readonly balance: string;
  readonly version: number;
  readonly createdAt: Date;
}

/** True past the account's last valid day. Speaks of `accounts a` and `clients c`. */
export function isExpired(q: Queries, at: Date): Fragment {
  return q`coalesce(a.expires_on < (${at}::timestamptz at time zone c.timezone)::date, false)`;
}

function columns(q: Queries, at: Date): Fragment {
  return q`a.id, a.client_id as "clientId", c.name as "clientName", c.status as "clientStatus",
    c.reseller_id as "resellerId", a.kind, a.external_id as "externalId", a.credit_limit as "creditLimit", a.status,
    to_char(a.expires_on, 'YYYY-MM-DD') as "expiresOn", a.daily_transfer_limit as "dailyTransferLimit", a.balance,
    c.currency, ${isExpired(q, at)} as "isExpired", a.version, a.created_at as "createdAt"`;
}

/** Null when there is none within the reseller's subtree. */
export async function findClientAccount(
  q: Queries,
  withinId: string,
  id: string,
  atMs: number,
): Promise<ClientAccountRow | null> {
  const [row] = await q<ClientAccountRow[]>`
    select ${columns(q, new Date(atMs))} from accounts a join clients c on c.id = a.client_id
    where a.id = ${id} and ${visibleClient(q, withinId)}`;
  return row ?? null;
}

/** The same, locked against entries and other changes. */
export async function lockClientAccount(
  tx: Transaction,
  withinId: string,
  id: string,
  atMs: number,
): Promise<ClientAccountRow | null> {
  await tx`
    select 1 from accounts a join clients c on c.id = a.client_id
    where a.id = ${id} and ${visibleClient(tx, withinId)} for no key update of a`;
  return findClientAccount(tx, withinId, id, atMs);
}

export interface ClientAccountFilter {
  /** the beginning of the external id, without case; `*` is any text */
  readonly q: string | null;
  readonly clientId: string | null;
  /** of the client, with sub-resellers */
  readonly resellerId: string | null;
  readonly kind: AccountKind | null;
  readonly status: AccountStatus | null;
}

export const clientAccountSorts = ['externalId', 'balance', 'clientName', 'createdAt'] as const;
type ClientAccountSort = (typeof clientAccountSorts)[number];

export function clientAccountList(
  q: Queries,
  withinId: string,
  filter: ClientAccountFilter,
  atMs: number,
): ListQuery<ClientAccountRow, ClientAccountSort> {
  const where = conditions(q, withinId, filter);
  return {
    columns: {
      id: { expression: q`a.id`, type: 'bigint' },
      externalId: { expression: q`lower(a.external_id)`, type: 'text' },
      balance: { expression: q`a.balance`, type: 'numeric' },
      clientName: { expression: q`lower(c.name)`, type: 'text' },
      createdAt: { expression: q`a.created_at`, type: 'timestamptz' },
    },
    select: ({ within, orderBy, limit, position }) => q`
      select ${columns(q, new Date(atMs))}, ${position} as position from accounts a join clients c on c.id = a.client_id
      where ${where} and ${within} order by ${orderBy} limit ${limit}`,
    count: () => q`select count(*)::int as total from accounts a join clients c on c.id = a.client_id where ${where}`,
  };
}

function conditions(q: Queries, withinId: string, filter: ClientAccountFilter): Fragment {
  const parts: Fragment[] = [visibleClients(q, withinId)];
  if (filter.q !== null) parts.push(q`lower(a.external_id) like ${`${withWildcards(filter.q)}%`}`);
  if (filter.clientId !== null) parts.push(q`a.client_id = ${filter.clientId}`);
  if (filter.resellerId !== null) parts.push(q`c.reseller_id in (${subtree(q, filter.resellerId)})`);
  if (filter.kind !== null) parts.push(q`a.kind = ${filter.kind}`);
  if (filter.status !== null) parts.push(q`a.status = ${filter.status}`);
  return parts.reduce((all, part) => q`${all} and ${part}`);
}

/**
 * The balance of a client in two parts: outside its accounts, and in all of them together. Null when the client is not
 * found within the reseller's subtree.
 */
export async function readClientParts(
  q: Queries,
  withinId: string,
  clientId: string,
): Promise<{ readonly common: string; readonly accounts: string } | null> {
  const [row] = await q<{ common: string; accounts: string }[]>`
    select b.live - s.total as common, s.total as accounts
    from clients c join balances b on b.client_id = c.id,
      lateral (select coalesce(sum(a.balance), 0) as total from accounts a where a.client_id = b.client_id) s
    where c.id = ${clientId} and ${visibleClient(q, withinId)}`;
  return row ?? null;
}

/** @throws DomainError `already_exists` */
export async function insertClientAccount(
  tx: Transaction,
  withinId: string,
  account: ClientAccountFields & { readonly clientId: string; readonly kind: AccountKind },
  atMs: number,
): Promise<ClientAccountRow> {
  const { clientId, kind, externalId, creditLimit, status, expiresOn, dailyTransferLimit } = account;
  const [row] = await unique(() =>
    tx.savepoint(
      (inner) => inner<{ id: string }[]>`
        insert into accounts (client_id, kind, external_id, credit_limit, status, expires_on, daily_transfer_limit)
        values (${clientId}, ${kind}, ${externalId}, ${creditLimit}, ${status}, ${expiresOn}, ${dailyTransferLimit})
        returning id`,
    ),
  );
  return reread(tx, withinId, row?.id, atMs);
}

/** Of a locked row. @throws DomainError `already_exists` */
export async function updateClientAccountRow(
  tx: Transaction,
  withinId: string,
  id: string,
  fields: ClientAccountFields,
  atMs: number,
): Promise<ClientAccountRow> {
  const { externalId, creditLimit, status, expiresOn, dailyTransferLimit } = fields;
  await unique(() =>
    tx.savepoint(
      (inner) => inner`
        update accounts set external_id = ${externalId}, credit_limit = ${creditLimit}, status = ${status},
          expires_on = ${expiresOn}, daily_transfer_limit = ${dailyTransferLimit}, version = version + 1
        where id = ${id}`,
    ),
  );
  return reread(tx, withinId, id, atMs);
}

async function unique<T>(write: () => Promise<T>): Promise<T> {
  try {
    return await write();
  } catch (error) {
    if (sqlStateOf(error) !== sqlStates.uniqueViolation) throw error;
    throw new DomainError(
      'already_exists',
      'another account of the client has this external id: choose another one, or close that account',
      '/externalId',
    );
  }
}

async function reread(
  tx: Transaction,
  withinId: string,
  id: string | undefined,
  atMs: number,
): Promise<ClientAccountRow> {
  const row = id === undefined ? null : await findClientAccount(tx, withinId, id, atMs);
  if (!row) throw new Error('an account that was just written is not there');
  return row;
}
