import type { Fragment } from 'postgres';
import { minuteMs } from '../../domain/durations.js';
import { DomainError } from '../../domain/errors.js';
import { sqlStateOf, sqlStates, type Transaction } from '../system/database.js';
import type { ClientFields, ClientRow } from './clients.js';

/** Writing the rows of clients. What a change requires and what follows from it: services/clients. */

/** Language and time zone that are not given are those of the reseller. */
export type NewClientFields = Omit<ClientFields, 'locale' | 'timezone'> & {
  readonly locale: string | null;
  readonly timezone: string | null;
};

/**
 * Adds a client with its balance and its monitor's row; its credit limit is 0.
 *
 * @returns its id
 * @throws DomainError `already_exists` (externalId)
 */
export async function insertClient(tx: Transaction, fields: Omit<NewClientFields, 'creditLimit'>): Promise<string> {
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
  return id;
}

/**
 * Changes everything but the credit limit of a locked row. An interval that was not changed stays exact.
 *
 * @throws DomainError `already_exists` (externalId)
 */
export async function updateClientRow(
  tx: Transaction,
  before: Pick<ClientRow, 'id' | 'checkEveryMinutes'>,
  fields: Omit<ClientFields, 'creditLimit'>,
): Promise<void> {
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
}

export async function markClientDeleted(tx: Transaction, id: string): Promise<void> {
  await tx`update clients set status = 'deleted', version = version + 1, updated_at = now() where id = ${id}`;
}

/** Null when there is no reseller or manager of this id within the subtree of `withinId`. */
export async function findManager(
  tx: Transaction,
  withinId: string,
  id: string,
): Promise<{ readonly kind: string; readonly parentId: string | null } | null> {
  const [manager] = await tx<{ kind: string; parentId: string | null }[]>`
    select kind, parent_id as "parentId" from resellers where id = ${id} and path @> array[${withinId}::bigint]`;
  return manager ?? null;
}

/**
 * Shared lock: the profile is not deleted while a client is being given it. Row-level security lets a reseller read the
 * profile of one above, but not lock it.
 */
export async function lockProfileOwner(tx: Transaction, withinId: string, id: string): Promise<ProfileOwner | null> {
  const read = (lock: Fragment): Promise<ProfileOwner[]> => tx<ProfileOwner[]>`
    select p.reseller_id as "resellerId", o.path @> array[${withinId}::bigint] as "isVisible"
    from profiles p join resellers o on o.id = p.reseller_id where p.id = ${id} ${lock}`;
  const [locked] = await read(tx`for share of p`);
  if (locked) return locked;
  const [inherited] = await read(tx``);
  return inherited ?? null;
}

interface ProfileOwner {
  readonly resellerId: string;
  /** within the subtree of the reseller who asks */
  readonly isVisible: boolean;
}

/** Whether the client has ledger entries or temporary credit, which are in its currency. */
export async function hasMoneyMoved(tx: Transaction, id: string): Promise<boolean> {
  const found = await tx`
    select 1 from ledger_entries where client_id = ${id} union all select 1 from temporary_credits where client_id = ${id} limit 1`;
  return found.length > 0;
}

async function unique<T>(write: () => PromiseLike<T>): Promise<T> {
  try {
    return await write();
  } catch (error) {
    if (sqlStateOf(error) !== sqlStates.uniqueViolation) throw error;
    throw new DomainError('already_exists', 'another client has this external id', '/externalId');
  }
}
