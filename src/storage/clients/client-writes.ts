import type { ClientFields, InheritableField } from '../../domain/clients/client-fields.js';
import { DomainError } from '../../domain/errors.js';
import { constraintOf, sqlStateOf, sqlStates, type Queries, type Transaction } from '../system/database.js';
import { insertedColumns, updatedColumns, type InsertedFields } from './client-columns.js';
import type { ClientRow } from './clients.js';

/** Writing the rows of clients. What a change requires and what follows from it: services/clients. */

/** A client as it is written. */
export interface NewClientRow {
  readonly fields: InsertedFields;
  /** those that it does not inherit */
  readonly ownFields: readonly InheritableField[];
}

/**
 * Adds clients with their balances and the rows of their monitors; their credit limits are 0.
 *
 * @returns their ids
 * @throws DomainError `already_exists` (externalId)
 */
export async function insertClients(
  tx: Transaction,
  clients: readonly NewClientRow[],
  countsFirst: boolean,
): Promise<string[]> {
  const rows = clients.map(({ fields, ownFields }) => ({ ...insertedColumns(tx, fields), own_fields: [...ownFields] }));
  const inserted = await unique(() => tx<{ id: string }[]>`insert into clients ${tx(rows)} returning id`);
  const ids = inserted.map(({ id }) => id);
  if (ids.length !== clients.length) throw new Error('a client was not inserted');
  await tx`insert into balances (client_id) select unnest(${ids}::bigint[])`;
  await tx`insert into monitors (client_id, counts_first) select id, ${countsFirst} from unnest(${ids}::bigint[]) id`;
  return ids;
}

/**
 * Changes everything but the credit limit of a locked row. An interval that was not changed stays exact.
 *
 * @throws DomainError `already_exists` (externalId)
 */
export async function updateClientRow(
  tx: Transaction,
  before: ClientRow,
  fields: ClientFields,
  ownFields: readonly InheritableField[],
): Promise<void> {
  const row = { ...updatedColumns(tx, fields, before), own_fields: [...ownFields] };
  await unique(
    () => tx`
      update clients set ${tx(row)}, version = version + 1, updated_at = now()
      where id = ${before.id}`,
  );
}

/** Null when there is no reseller or manager of this id within the subtree of `withinId`. */
export async function findManager(
  q: Queries,
  withinId: string,
  id: string,
): Promise<{ readonly kind: string; readonly parentId: string | null } | null> {
  const [manager] = await q<{ kind: string; parentId: string | null }[]>`
    select kind, parent_id as "parentId" from resellers where id = ${id} and path @> array[${withinId}::bigint] and status = 'active'`;
  return manager ?? null;
}

/** Whether the client has ledger entries or temporary credit, which are in its currency. */
export async function hasMoneyMoved(tx: Transaction, id: string): Promise<boolean> {
  const found = await tx`
    select 1 from ledger_entries where client_id = ${id} union all select 1 from temporary_credits where client_id = ${id} limit 1`;
  return found.length > 0;
}

/** @throws DomainError `already_exists` (externalId, panelLogin) */
export async function unique<T>(write: () => PromiseLike<T>): Promise<T> {
  try {
    return await write();
  } catch (error) {
    if (sqlStateOf(error) !== sqlStates.uniqueViolation) throw error;
    if (constraintOf(error) === 'clients_panel_login') {
      throw new DomainError('already_exists', 'this login is taken: choose another one', '/panelLogin');
    }
    throw new DomainError('already_exists', 'another client of the reseller has this external id', '/externalId');
  }
}
