import { DomainError } from '../domain/errors.js';
import { countTemplatesWith } from '../storage/clients/templates/client-templates.js';
import { requireOwner } from '../storage/resellers/resellers.js';
import {
  deleteShared,
  findShared,
  insertShared,
  lockShared,
  updateShared,
  type SharedFields,
  type SharedRow,
  type SharedTable,
  type TemplateReference,
} from '../storage/resellers/shared-records.js';
import type { Transaction } from '../storage/system/database.js';
import { change, recorded, type ChangeEntry, type Precondition, type Requester } from './change.js';

/** Records of a reseller that its clients and those of its sub-resellers refer to, and how they are changed. */
export interface SharedKind<Fields extends SharedFields, Row extends Fields & SharedRow> {
  readonly stored: SharedTable<Fields, Row>;
  /** in audit rows: `payment_terms` */
  readonly subjectType: string;
  /** within a sentence: `tax profile` */
  readonly noun: string;
  /** Refuses to delete one that more than clients and their templates use. @throws DomainError `in_use` */
  readonly requireUnused?: (row: Row) => void;
}

/** @throws DomainError `not_found` */
export function existingShared<Row>(
  kind: { readonly noun: string },
  row: Row | null,
  id: string,
  pointer = '/path/id',
): Row {
  if (row === null) throw new DomainError('not_found', `there is no ${kind.noun} ${id}`, pointer);
  return row;
}

/**
 * @param more further fields, which need the transaction
 * @throws DomainError `not_found` for a reseller outside of the scope, `conflict` for a manager, `already_exists` for a name
 * that the reseller has given already
 */
export function createShared<Fields extends SharedFields, Row extends Fields & SharedRow>(
  requester: Requester,
  kind: SharedKind<Fields, Row>,
  fields: Fields,
  reason: string | null,
  more: (tx: Transaction) => Promise<Partial<Fields>> = () => Promise.resolve({}),
): Promise<Row> {
  const { resellerId } = requester.scope;
  return change(requester, async (tx) => {
    await requireOwner(tx, resellerId, fields.resellerId, '/resellerId');
    const id = await insertShared(tx, kind.stored, { ...fields, ...(await more(tx)) });
    const row = existingShared(kind, await findShared(tx, kind.stored, resellerId, id), id);
    return recorded(row, sharedEntry(kind, 'create', reason, null, row));
  });
}

interface SharedChange<Fields, Row> {
  /** what takes the place of the row */
  readonly fieldsFor: (before: Row, tx: Transaction) => Fields | Promise<Fields>;
  readonly reason: string | null;
}

/** @throws DomainError `not_found`, `already_exists` */
export function changeShared<Fields extends SharedFields, Row extends Fields & SharedRow>(
  requester: Requester,
  kind: SharedKind<Fields, Row>,
  id: string,
  { fieldsFor, reason }: SharedChange<Fields, Row>,
  precondition: Precondition<Row>,
): Promise<Row> {
  const { resellerId } = requester.scope;
  return change(requester, async (tx) => {
    const before = existingShared(kind, await lockShared(tx, kind.stored, resellerId, id), id);
    precondition(before);
    await updateShared(tx, kind.stored, id, await fieldsFor(before, tx));
    const row = existingShared(kind, await findShared(tx, kind.stored, resellerId, id), id);
    return recorded(row, sharedEntry(kind, 'update', reason, before, row));
  });
}

/** @throws DomainError `not_found`, `in_use` while clients use it */
export function removeShared<Fields extends SharedFields, Row extends Fields & SharedRow>(
  requester: Requester,
  kind: SharedKind<Fields, Row>,
  id: string,
  reason: string | null,
  precondition: Precondition<Row>,
): Promise<void> {
  return change(requester, async (tx) => {
    const row = existingShared(kind, await lockShared(tx, kind.stored, requester.scope.resellerId, id), id);
    precondition(row);
    if (row.clients > 0) {
      const some = row.clients === 1 ? '1 client uses' : `${row.clients} clients use`;
      throw new DomainError('in_use', `${some} this ${kind.noun}: give them another one first`, '/path/id');
    }
    kind.requireUnused?.(row);
    const { inTemplates } = kind.stored;
    if (inTemplates) await requireNoTemplate(tx, inTemplates, id, kind.noun);
    await deleteShared(tx, kind.stored, id);
    return recorded(undefined, sharedEntry(kind, 'delete', reason, row, null));
  });
}

/** @throws DomainError `in_use` */
export async function requireNoTemplate(
  tx: Transaction,
  columns: readonly TemplateReference[],
  id: string,
  noun: string,
): Promise<void> {
  const templates = await countTemplatesWith(tx, columns, id);
  if (templates === 0) return;
  const some = templates === 1 ? '1 client template uses' : `${templates} client templates use`;
  throw new DomainError('in_use', `${some} this ${noun}: choose another one there first`, '/path/id');
}

/** The audit row of a change of a record. */
export function sharedEntry<Fields extends SharedFields, Row extends Fields & SharedRow>(
  { stored, subjectType }: SharedKind<Fields, Row>,
  action: string,
  reason: string | null,
  before: Row | null,
  after: Row | null,
): ChangeEntry {
  const subject = after ?? before;
  if (!subject) throw new TypeError('a change has a record before it or after it');
  const names = ['name', 'resellerId', ...Object.keys(stored.columns)];
  const fieldsOf = (row: Row): Record<string, unknown> => {
    const values = new Map<string, unknown>(Object.entries(row));
    return Object.fromEntries(names.map((name) => [name, values.get(name)]));
  };
  return {
    action: `${subjectType}.${action}`,
    subjectType,
    subjectId: subject.id,
    resellerId: subject.resellerId,
    reason,
    before: before && fieldsOf(before),
    after: after && fieldsOf(after),
  };
}
