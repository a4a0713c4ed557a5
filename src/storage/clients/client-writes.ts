import type { Fragment } from 'postgres';
import { minuteMs } from '../../domain/durations.js';
import { DomainError } from '../../domain/errors.js';
import { formatMoney, moneyOf, parseMoney } from '../../domain/money.js';
import { auditedBy, writeAudit } from '../system/audit.js';
import type { Change } from '../system/change.js';
import { findClient, type ClientFields, type ClientRow } from './clients.js';
import { setCreditLimit } from '../credit/credit-limit.js';
import { sqlStateOf, sqlStates, type Transaction } from '../system/database.js';
import { postOpeningBalance } from '../ledger/ledger.js';
import { enqueueSignal } from '../monitoring/outbox.js';
import { requireOwner } from '../resellers/resellers.js';
import { cancelOpenGrant } from '../credit/temporary-credit-ends.js';

/** Writing clients; what concerns their monitors is told to them in the same transaction. */

/** Language and time zone that are not given are those of the reseller. */
export type NewClientFields = Omit<ClientFields, 'locale' | 'timezone'> & {
  readonly locale: string | null;
  readonly timezone: string | null;
};

/**
 * Adds a client with its balance, its monitor's row and its opening balance, and has its monitor started.
 *
 * @param openingBalance recorded as an adjustment with the id `opening`
 * @throws DomainError `not_found` (reseller, manager, profile), `conflict` (they do not belong together),
 * `already_exists` (externalId)
 */
export async function createClient(
  tx: Transaction,
  withinId: string,
  fields: NewClientFields,
  openingBalance: string,
  change: Change,
  atMs: number,
): Promise<ClientRow> {
  await requireRelations(tx, withinId, fields, null);
  const [inserted] = await unique(
    () => tx<{ id: string }[]>`
      insert into clients
        (reseller_id, manager_id, profile_id, name, currency, balance_model, status, billing_email, owner_email,
         warning_thresholds, check_every_ms, timezone, locale, payment_terms, tags, external_id)
      values (${fields.resellerId}, ${fields.managerId}, ${fields.profileId}, ${fields.name}, ${fields.currency},
        ${fields.balanceModel}, ${fields.status}, ${fields.billingEmail}, ${fields.ownerEmail},
        ${fields.warningThresholds as string[]}, ${fields.checkEveryMinutes * minuteMs},
        coalesce(${fields.timezone}, (select timezone from resellers where id = ${fields.resellerId})),
        coalesce(${fields.locale}, (select locale from resellers where id = ${fields.resellerId})), ${fields.paymentTerms}, ${fields.tags as string[]}, ${fields.externalId})
      returning id`,
  );
  if (!inserted) throw new Error('a client was not inserted');
  const { id } = inserted;
  await tx`insert into balances (client_id) values (${id})`;
  await tx`insert into monitors (client_id) values (${id})`;
  await limitCredit(tx, id, fields.creditLimit, { ...change, reason: change.reason ?? 'client created' }, atMs);
  await postOpeningBalance(tx, id, parseMoney(openingBalance, '/openingBalance'), {
    currency: fields.currency,
    source: change.actor.source,
  });
  const row = await reread(tx, withinId, id, atMs);
  await audit(tx, 'client.create', row, change, null, fieldsOf(row));
  await enqueueSignal(tx, id, 'configurationChanged');
  return row;
}

/**
 * Changes a locked client to `fields`. A client that is made unlimited loses its temporary credit.
 *
 * @throws DomainError as `createClient`, and `client_deleted`, `conflict` (another currency after money has moved)
 */
export async function updateClient(
  tx: Transaction,
  withinId: string,
  before: ClientRow,
  fields: ClientFields,
  change: Change,
  atMs: number,
): Promise<ClientRow> {
  refuseDeleted(before);
  await requireRelations(tx, withinId, fields, before);
  if (fields.currency !== before.currency) await requireNoMoney(tx, before.id);
  if (fields.balanceModel === 'unlimited' && before.balanceModel !== 'unlimited') {
    await cancelOpenGrant(tx, before, { actor: change.actor, reason: change.reason ?? 'client made unlimited' }, atMs);
  }
  await unique(
    () => tx`
      update clients
      set reseller_id = ${fields.resellerId}, manager_id = ${fields.managerId}, profile_id = ${fields.profileId},
        name = ${fields.name}, currency = ${fields.currency}, balance_model = ${fields.balanceModel},
        status = ${fields.status}, billing_email = ${fields.billingEmail}, owner_email = ${fields.ownerEmail},
        warning_thresholds = ${fields.warningThresholds as string[]},
        check_every_ms = case when ${fields.checkEveryMinutes}::float8 = ${before.checkEveryMinutes}::float8
          then check_every_ms else ${fields.checkEveryMinutes * minuteMs}::float8::bigint end,
        timezone = ${fields.timezone}, locale = ${fields.locale}, payment_terms = ${fields.paymentTerms},
        tags = ${fields.tags as string[]}, external_id = ${fields.externalId},
        version = version + 1, updated_at = now()
      where id = ${before.id}`,
  );
  await limitCredit(tx, before.id, fields.creditLimit, { ...change, reason: change.reason ?? 'client edited' }, atMs);
  const row = await reread(tx, withinId, before.id, atMs);
  await audit(tx, 'client.update', row, change, fieldsOf(before), fieldsOf(row));
  await enqueueSignal(tx, row.id, 'configurationChanged');
  return row;
}

/**
 * Marks a locked client as deleted: its temporary credit and its monitor end, its history stays.
 *
 * @throws DomainError `client_deleted` when it was already
 */
export async function deleteClient(tx: Transaction, before: ClientRow, change: Change, atMs: number): Promise<void> {
  refuseDeleted(before);
  await cancelOpenGrant(tx, before, { actor: change.actor, reason: change.reason ?? 'client deleted' }, atMs);
  await tx`
    update clients set status = 'deleted', version = version + 1, updated_at = now() where id = ${before.id}`;
  await audit(tx, 'client.delete', before, change, { status: before.status }, { status: 'deleted' });
  await enqueueSignal(tx, before.id, 'configurationChanged');
}

/** Writes the history of the limit too (manual 1); does nothing where it is that already. */
async function limitCredit(
  tx: Transaction,
  clientId: string,
  limit: string,
  change: Change & { readonly reason: string },
  at: number,
): Promise<void> {
  await setCreditLimit(tx, { clientId, limit, actor: change.actor, reason: change.reason, at });
}

function refuseDeleted(row: ClientRow): void {
  if (row.status === 'deleted') throw new DomainError('client_deleted', 'the client is deleted and takes no changes');
}

/** Reseller, manager and profile exist, may be seen, and belong together. Those that stay as they were are not asked. */
async function requireRelations(
  tx: Transaction,
  withinId: string,
  fields: Pick<ClientFields, 'resellerId' | 'managerId' | 'profileId'>,
  before: ClientRow | null,
): Promise<void> {
  const moved = fields.resellerId !== before?.resellerId;
  if (!moved && fields.managerId === before?.managerId && fields.profileId === before?.profileId) return;
  const path = moved
    ? await requireOwner(tx, withinId, fields.resellerId, '/resellerId')
    : await pathOf(tx, fields.resellerId);
  if (fields.managerId !== null && (moved || fields.managerId !== before?.managerId)) {
    await requireManager(tx, withinId, fields.managerId, path);
  }
  if (fields.profileId !== null && (moved || fields.profileId !== before?.profileId)) {
    await requireProfile(tx, withinId, fields.profileId, path, before?.profileId ?? null);
  }
}

async function pathOf(tx: Transaction, resellerId: string): Promise<readonly string[]> {
  const [row] = await tx<{ path: string[] }[]>`select path::text[] as path from resellers where id = ${resellerId}`;
  return row?.path ?? [];
}

async function requireManager(tx: Transaction, withinId: string, id: string, path: readonly string[]): Promise<void> {
  const [manager] = await tx<{ kind: string; parentId: string | null }[]>`
    select kind, parent_id as "parentId" from resellers
    where id = ${id} and path @> array[${withinId}::bigint]`;
  if (!manager || manager.kind !== 'manager')
    throw new DomainError('not_found', `there is no manager ${id}`, '/managerId');
  if (manager.parentId === null || !path.includes(manager.parentId)) {
    throw new DomainError(
      'conflict',
      `manager ${id} does not work for the client's reseller or for one above it`,
      '/managerId',
    );
  }
}

/** Shared lock: the profile is not deleted while a client is being given it. */
async function requireProfile(
  tx: Transaction,
  withinId: string,
  id: string,
  path: readonly string[],
  known: string | null,
): Promise<void> {
  const read = (lock: Fragment): Promise<{ resellerId: string; seen: boolean }[]> =>
    tx<{ resellerId: string; seen: boolean }[]>`
      select p.reseller_id as "resellerId", o.path @> array[${withinId}::bigint] as seen
      from profiles p join resellers o on o.id = p.reseller_id where p.id = ${id} ${lock}`;
  // Row-level security lets a reseller read the profile of one above, but not lock it; a client that has it keeps it.
  const [profile] = [...(await read(tx`for share of p`)), ...(id === known ? await read(tx``) : [])];
  if (!profile || !(profile.seen || id === known)) {
    throw new DomainError('not_found', `there is no profile ${id}`, '/profileId');
  }
  if (!path.includes(profile.resellerId)) {
    throw new DomainError('conflict', `profile ${id} belongs to a reseller that is not above the client`, '/profileId');
  }
}

async function requireNoMoney(tx: Transaction, id: string): Promise<void> {
  const found = await tx`
    select 1 from ledger_entries where client_id = ${id} union all select 1 from temporary_credits where client_id = ${id} limit 1`;
  if (found.length === 0) return;
  throw new DomainError(
    'conflict',
    'the currency cannot change once money has moved: make another client with the new currency',
    '/currency',
  );
}

async function unique<T>(write: () => PromiseLike<T>): Promise<T> {
  try {
    return await write();
  } catch (error) {
    if (sqlStateOf(error) !== sqlStates.uniqueViolation) throw error;
    throw new DomainError('already_exists', 'another client has this external id', '/externalId');
  }
}

function fieldsOf(row: ClientRow): Record<string, unknown> {
  return {
    name: row.name,
    resellerId: row.resellerId,
    managerId: row.managerId,
    profileId: row.profileId,
    currency: row.currency,
    balanceModel: row.balanceModel,
    creditLimit: formatMoney(moneyOf(row.creditLimit)),
    status: row.status,
    billingEmail: row.billingEmail,
    ownerEmail: row.ownerEmail,
    warningThresholds: row.warningThresholds,
    checkEveryMinutes: row.checkEveryMinutes,
    timezone: row.timezone,
    locale: row.locale,
    paymentTerms: row.paymentTerms,
    tags: row.tags,
    externalId: row.externalId,
  };
}

async function audit(
  tx: Transaction,
  action: string,
  row: ClientRow,
  change: Change,
  before: Record<string, unknown> | null,
  after: Record<string, unknown> | null,
): Promise<void> {
  await writeAudit(tx, {
    ...auditedBy(change.actor),
    action,
    subjectType: 'client',
    subjectId: row.id,
    clientId: row.id,
    reason: change.reason,
    before,
    after,
  });
}

async function reread(tx: Transaction, withinId: string, id: string, atMs: number): Promise<ClientRow> {
  const row = await findClient(tx, withinId, id, atMs);
  if (!row) throw new Error('a client that was just written is not there');
  return row;
}
